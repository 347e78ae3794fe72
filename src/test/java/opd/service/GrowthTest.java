package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import opd.decision.Outcome;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.testing.Await;
import opd.testing.Clinic;
import opd.testing.Extent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// No command of a desk reads a whole table, triggers included, however long the facility's past:
/// after a history of many tokens was loaded, PostgreSQL counts no sequential scan of it in
/// hundreds of changes and as many looks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(18)
final class GrowthTest {
  private static final Path HISTORY = Path.of("scripts", "bench.d", "history.sql");
  private static final List<String> TABLES =
      List.of("token", "audit_entry", "request", "patient", "slot", "slot_count", "doctor");
  private static final int TOKENS = 100_000;
  // PostgreSQL may plan a statement once for all values after five; at length a thousand changes.
  private static final int TIMES = Extent.of(8, 60);
  private static final int CHANGES_EACH_TIME = 17;
  private static final Duration PATIENCE = Await.PATIENCE;

  private final Clinic clinic = Clinic.open();

  GrowthTest() throws SQLException {}

  @BeforeAll
  void aLongPast() throws Exception {
    String patients =
        """
        insert into patient (phone, name, salt)
        select '+91' || 7000000000 + i, 'Patient ' || i, decode(md5(i::text), 'hex')
          from generate_series(1, 10000) i\
        """;
    String history = Files.readString(HISTORY).replace(":tokens", Integer.toString(TOKENS));
    clinic.prompt().run("set session_replication_role = replica", patients, history);
    // Otherwise the server does so when it likes, and reads tables meanwhile.
    try (var connection = clinic.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("vacuum analyze " + String.join(", ", TABLES));
      // It summed up ranges of pages for an index, and that counts as reading: told now, and not
      // when the session has ended, which is later than its end here.
      statement.execute("select pg_stat_force_next_flush()");
    }
  }

  @AfterAll
  void close() throws SQLException {
    clinic.close();
  }

  @Test
  void noCommandOfADeskReadsAWholeTable() throws SQLException {
    List<String> before = scans();
    int requests = atADesk(this::work);
    assertThat(requests).isGreaterThanOrEqualTo(TIMES * CHANGES_EACH_TIME);
    assertThat(scans()).isEqualTo(before);
  }

  /// @param work gives how many requests it stored
  private int atADesk(ToIntFunction<FacilityServices> work) throws SQLException {
    long stored = storedRequests();
    int requests;
    try (FacilityServices desk = clinic.facility().desk()) {
      requests = work.applyAsInt(desk);
    }
    // A connection that ends reports what it did.
    awaitStoredRequests(stored + requests);
    return requests;
  }

  @Test
  void aTriggerThatReadsAWholeTableIsNoticed() throws SQLException {
    clinic
        .prompt()
        .run(
            """
            create function reads_everything() returns trigger language plpgsql set search_path from current as
              $$ begin perform max(created_at) from token; return null; end $$\
            """,
            "create trigger reads_everything after insert on doctor execute function reads_everything()");
    try {
      List<String> before = scans();
      Doctor doctor = new Doctor(new DoctorCode("NOTICED"), new PersonName("Dr. Grow"), null, true);
      atADesk(desk -> {
        desk.doctors().add(clinic.request(), doctor);
        return 1;
      });
      assertThat(scans()).isNotEqualTo(before);
    } finally {
      clinic
          .prompt()
          .run("drop trigger reads_everything on doctor", "drop function reads_everything()");
    }
  }

  @Test
  void aWholeTableThatIsReadIsNoticed() throws SQLException {
    List<String> before = scans();
    clinic
        .prompt()
        .run("select max(created_at) from token", "select pg_stat_force_next_flush()", "select 1");
    assertThat(scans()).isNotEqualTo(before);
  }

  /// Each command of a desk several times; returns how many requests it stored.
  private int work(FacilityServices desk) {
    List<Request> requests = new ArrayList<>();
    Supplier<Request> next =
        () -> {
          Request request = clinic.request();
          requests.add(request);
          return request;
        };
    for (int round = 0; round < TIMES; round++) {
      DoctorCode doctor = new DoctorCode("GROW" + round);
      desk.doctors().add(next.get(), new Doctor(doctor, new PersonName("Dr. Grow"), null, true));
      Slot slot = slots(desk, next.get(), doctor).getFirst();
      int patient = round * 10;
      Token first = place(desk, next.get(), slot, patient, TokenPriority.FOLLOW_UP);
      Token second = place(desk, next.get(), slot, patient + 1, TokenPriority.FOLLOW_UP);
      var allocations = desk.allocations();
      // A second place, a full slot, and two who make others lose their places.
      allocations.allocate(next.get(), Clinic.wish(slot, patient, TokenPriority.PAID));
      allocations.allocate(next.get(), Clinic.wish(slot, patient + 2, TokenPriority.FOLLOW_UP));
      Token paid = place(desk, next.get(), slot, patient + 3, TokenPriority.PAID);
      Token emergency = place(desk, next.get(), slot, patient + 4, TokenPriority.EMERGENCY);
      allocations.allocate(
          next.get(), Clinic.orNext(Clinic.wish(slot, patient + 5, TokenPriority.FOLLOW_UP)));
      desk.queues().show(Clinic.reference(slot), false);
      desk.queues().show(Clinic.reference(slot), true);
      desk.tokens().noShow(next.get(), Clinic.reference(emergency));
      desk.reallocations().reallocate(next.get(), Clinic.reference(first), Optional.empty());
      desk.reallocations().reallocate(next.get(), Clinic.reference(second), Optional.empty());
      desk.tokens().complete(next.get(), Clinic.reference(paid));
      desk.tokens().cancel(next.get(), Clinic.reference(second), null);
      desk.slotChanges().delay(next.get(), Clinic.reference(slot), 10);
      desk.slotChanges().cancel(next.get(), Clinic.reference(slot), "called away");
      desk.slotChanges().complete(next.get(), Clinic.reference(slot));
      look(desk, first, patient);
    }
    return requests.size();
  }

  private static List<Slot> slots(FacilityServices desk, Request request, DoctorCode doctor) {
    SessionPlan plan =
        new SessionPlan(
            doctor,
            Clinic.time("09:00"),
            Duration.ofHours(1),
            2,
            Optional.of(new SessionPlan.Repeat(Duration.ofHours(1), Clinic.time("12:00"))));
    return desk.slots().open(request, plan).outcome().slots();
  }

  private static Token place(
      FacilityServices desk, Request request, Slot slot, int patient, TokenPriority priority) {
    var outcome =
        desk.allocations().allocate(request, Clinic.wish(slot, patient, priority)).outcome();
    return ((Outcome.Admitted) outcome).token().token();
  }

  /// What is only looked at: somebody's tokens, a token's entries and its story.
  private static void look(FacilityServices desk, Token token, int patient) {
    desk.patients().show(Clinic.key(patient).phone());
    var none = AuditService.Query.EVERYTHING;
    TokenReference reference = Clinic.reference(token);
    desk.audit()
        .read(
            new AuditService.Query(
                Optional.of(reference),
                none.slot(),
                none.doctor(),
                none.patient(),
                none.kind(),
                none.actor(),
                none.since(),
                none.until(),
                none.limit()),
            entry -> assertThat(entry.token()).isEqualTo(token.label()));
    desk.audit().explain(reference, ZoneOffset.UTC);
  }

  /// How often each table was read as a whole.
  private List<String> scans() throws SQLException {
    return clinic
        .prompt()
        .column(
            """
            select relname || ' ' || seq_scan from pg_stat_user_tables
             where schemaname = current_schema
               and relname in ('token', 'audit_entry', 'request', 'patient', 'slot', 'slot_count')
             order by relname\
            """);
  }

  private long storedRequests() throws SQLException {
    return clinic
        .prompt()
        .number(
            """
            select n_tup_ins from pg_stat_user_tables
             where schemaname = current_schema and relname = 'request'\
            """);
  }

  private void awaitStoredRequests(long count) throws SQLException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (storedRequests() < count) {
      assertThat(Instant.now()).isBefore(deadline);
      Await.pause();
    }
  }
}
