package opd.store.schema;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.Token;
import opd.record.Encoding;
import opd.testing.Clinic;
import opd.testing.Prompt;
import org.junit.jupiter.api.Test;

/// The audit chains as the database's trigger writes them, recomputed by other code.
final class HashChainTest {
  private static final String ENTRIES =
      """
      select e.*, s.label, t.sequence_number, r.digest from audit_entry e
        left join request r on r.id = e.request_id
        left join slot s on s.id = e.slot_id left join token t on t.id = e.token_id
       order by e.id\
      """;

  @Test
  void everyHashIsWhatJavaComputesOverTheSameFields() throws SQLException {
    try (Clinic clinic = Clinic.open()) {
      aBusyDay(clinic);
      int entries = 0;
      Map<String, String> heads = new HashMap<>();
      Map<String, Long> numbers = new HashMap<>();
      try (var connection = clinic.facility().connectAsSuperuser();
          var statement = connection.createStatement();
          ResultSet row = statement.executeQuery(ENTRIES)) {
        while (row.next()) {
          String chain = row.getString("chain");
          String previous = hex(row.getBytes("previous_hash"));
          assertThat(previous).isEqualTo(heads.get(chain));
          assertThat(row.getLong("number")).isEqualTo(numbers.merge(chain, 1L, Long::sum));
          assertThat(hex(row.getBytes("hash"))).isEqualTo(recomputed(row, previous));
          heads.put(chain, hex(row.getBytes("hash")));
          entries++;
        }
      }
      assertThat(entries).isGreaterThan(40);
      assertThat(heads.keySet()).anyMatch(chain -> chain.startsWith("doctor/"));
      assertThat(heads.keySet()).anyMatch(chain -> chain.startsWith("patient/"));
      assertThat(heads.keySet()).anyMatch(chain -> chain.startsWith("slot/"));
    }
  }

  private static String recomputed(ResultSet row, String previous) throws SQLException {
    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
    return Encoding.sha256Hex(
        row.getString("number"),
        previous,
        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
        row.getString("kind"),
        row.getString("actor"),
        row.getString("login"),
        row.getString("request_id"),
        hex(row.getBytes("digest")),
        row.getString("doctor_code"),
        row.getString("label"),
        row.getString("sequence_number"),
        row.getString("patient_id"),
        row.getString("rule"),
        row.getString("facts"));
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  @Test
  void theSameOperationsByALogicalClockGiveTheSameHeads() throws SQLException {
    try (Clinic first = Clinic.at("08:00");
        Clinic second = Clinic.at("08:00");
        Clinic later = Clinic.at("08:01")) {
      aBusyDay(first);
      aBusyDay(second);
      aBusyDay(later);

      assertThat(heads(first)).hasSizeGreaterThan(10).isEqualTo(heads(second));
      assertThat(heads(later))
          .hasSameSizeAs(heads(first))
          .doesNotContainAnyElementsOf(
              heads(first).stream().filter(head -> !head.startsWith("facility ")).toList());
    }
  }

  private static List<String> heads(Clinic clinic) throws SQLException {
    return clinic
        .prompt()
        .column(
            "select distinct on (chain) concat_ws(' ', chain, number, encode(hash, 'hex'))"
                + " from audit_entry order by chain, number desc");
  }

  @Test
  void writersOfDifferentChainsDoNotWaitForEachOther() throws SQLException {
    try (GuardedFacility facility = new GuardedFacility();
        Prompt other = Prompt.asDesk(facility.facility)) {
      String[] here = facility.taking(facility.aSlot(1), facility.aPatient(), "PAID");
      String[] there = facility.taking(facility.aSlot(1), facility.aPatient(), "PAID");
      facility.desk.begin(here);
      other.begin("set local lock_timeout = '50ms'");

      other.run(there);
      facility.desk.commit();
      assertThat(facility.desk.number("select count(*) from token")).isEqualTo(2);
    }
  }

  @Test
  void writersOfOneChainComeOneAfterTheOtherWithoutAFork() throws Exception {
    try (GuardedFacility facility = new GuardedFacility();
        Prompt other = Prompt.asDesk(facility.facility);
        var executor = Executors.newSingleThreadExecutor()) {
      long slot = facility.aSlot(2);
      String first = facility.newRequest();
      String second = facility.newRequest();
      facility.desk.begin(GuardedFacility.outcome(first), remark(slot, first));
      var waiting =
          executor.submit(() -> {
            other.run(GuardedFacility.outcome(second), remark(slot, second));
            return true;
          });
      facility.superuser.awaitWaiting(other);
      facility.desk.commit();

      assertThat(waiting.get()).isTrue();
      assertThat(
              facility.desk.column(
                  "select number || ' ' || coalesce(previous_hash = lag(hash) over (order by number), true)"
                      + " from audit_entry where slot_id = %d order by number".formatted(slot)))
          .containsExactly("1 true", "2 true", "3 true");
      assertThat(
              facility.desk.column(
                  "select request_id from audit_entry where slot_id = %d and number > 1 order by number"
                      .formatted(slot)))
          .containsExactly(first, second);
    }
  }

  private static String remark(long slot, String request) {
    return GuardedFacility.entryAbout("slot_id", Long.toString(slot), "CHANGE_REJECTED", request);
  }

  /// Something of every kind, names in other scripts included.
  private static void aBusyDay(Clinic clinic) {
    var doctor = clinic.aDoctor();
    Slot morning = clinic.aSlot(doctor, "09:00", 2);
    Slot noon = clinic.aSlot(doctor, "12:00", 2);
    clinic.fill(morning, FOLLOW_UP);
    Token emergency = clinic.aToken(morning, EMERGENCY);
    int refused = clinic.aPatient();
    clinic.reject(Clinic.wish(morning, refused, FOLLOW_UP));
    clinic
        .desk()
        .patients()
        .change(
            clinic.request(),
            Clinic.key(refused),
            Optional.of(new PersonName("क्षमा Łódź 😀")),
            Optional.empty());
    Token paid = clinic.aToken(morning, PAID);
    clinic.cancel(emergency);
    clinic.cancel(emergency);
    var displaced = clinic.desk().queues().show(Clinic.reference(morning), true).tokens();
    clinic.reallocate(displaced.getFirst().token());
    clinic.reallocate(displaced.get(1).token());
    var changes = clinic.desk().slotChanges();
    changes.delay(clinic.request(), Clinic.reference(noon), 15);
    clinic.desk().tokens().noShow(clinic.request(), Clinic.reference(paid));
    changes.complete(clinic.request(), Clinic.reference(morning));
    changes.cancel(clinic.request(), Clinic.reference(noon), "प्रशासन – \"closed\"\\ 😀");
    clinic.desk().doctors().setActive(clinic.request(), doctor, false);
    clinic.fill(clinic.aSlot(20), PAID);
  }
}
