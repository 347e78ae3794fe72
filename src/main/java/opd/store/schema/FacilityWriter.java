package opd.store.schema;

import static opd.jooq.Tables.FACILITY;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opd.decision.AuditEvent;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.FacilitySettings;
import opd.domain.RequestId;
import opd.domain.Sha256;
import opd.jooq.tables.records.FacilityRecord;
import opd.record.Encoding;
import opd.store.connection.DecisionClock;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore;
import opd.store.table.RequestStore;
import org.jooq.DSLContext;

/// Writes the facility's one row, each time with the entry that tells of it.
final class FacilityWriter {
  // A simulation's log is the same on every machine, and its clock has not begun when the facility
  // is made: so a fixed time.
  private static final Instant BEFORE_ALL_SIMULATIONS = Instant.parse("2000-01-01T00:00:00Z");
  private static final RequestId OF_SIMULATION = new RequestId("facility");

  private FacilityWriter() {}

  /// Makes the row where it is missing, as in a facility that was broken off while it was made, and
  /// changes it where other settings are asked for. All of it or nothing.
  ///
  /// @throws org.jooq.exception.DataAccessException of the guard `facility_is_fixed` when the
  ///   settings are to be changed after the first slot was opened
  static void set(DSLContext sql, FacilitySetup setup) {
    sql.transaction(configuration -> {
      Transaction transaction = new Transaction(configuration.dsl());
      FacilityRecord row = transaction.sql().selectFrom(FACILITY).forUpdate().fetchOne();
      if (row == null) {
        make(transaction, setup);
      } else {
        change(transaction, row, setup);
      }
    });
  }

  private static void make(Transaction transaction, FacilitySetup setup) {
    FacilitySettings initial = setup.initial();
    int inserted =
        transaction
            .sql()
            .insertInto(FACILITY)
            .set(FACILITY.DEFAULT_REGION, initial.region())
            .set(FACILITY.ZONE, initial.zone().getId())
            .set(FACILITY.CLOCK, initial.clock())
            .set(FACILITY.PHONE_KEY, setup.phoneKey().bytes())
            .execute();
    Transaction.one(inserted, "making a facility");
    RequestId request =
        initial.clock() == ClockSource.SIMULATION ? OF_SIMULATION : RequestId.random();
    tell(transaction, request, initial, setup.phoneKey().bytes(), setup.actor());
  }

  private static void change(Transaction transaction, FacilityRecord row, FacilitySetup setup) {
    FacilitySettings found =
        FacilitySettings.of(row.getDefaultRegion(), row.getZone(), row.getClock());
    FacilitySettings wanted =
        new FacilitySettings(
            setup.region().orElse(found.region()),
            setup.zone().orElse(found.zone()),
            found.clock());
    if (wanted.equals(found)) {
      return;
    }
    int updated =
        transaction
            .sql()
            .update(FACILITY)
            .set(FACILITY.DEFAULT_REGION, wanted.region())
            .set(FACILITY.ZONE, wanted.zone().getId())
            .where(FACILITY.ONLY_ROW)
            .execute();
    Transaction.one(updated, "changing a facility");
    tell(transaction, RequestId.random(), wanted, row.getPhoneKey(), setup.actor());
  }

  private static void tell(
      Transaction transaction,
      RequestId request,
      FacilitySettings settings,
      byte[] phoneKey,
      Actor actor) {
    if (settings.clock() == ClockSource.SIMULATION) {
      new DecisionClock.Logical(() -> BEFORE_ALL_SIMULATIONS).set(transaction);
    }
    String zone = settings.zone().getId();
    String digest =
        Encoding.sha256Hex("facility", settings.region(), zone, settings.clock().name());
    var outcome = new Outcome.FacilitySaved(settings.region(), zone, settings.clock());
    var stored = RequestStore.Stored.of(digest, outcome);
    var event =
        new AuditEvent.FacilitySet(
            settings.region(),
            zone,
            settings.clock(),
            HexFormat.of().formatHex(Sha256.of(phoneKey)));
    AuditStore.append(
        transaction,
        actor,
        new TreeMap<>(Map.of(request.value(), stored)),
        List.of(new AuditStore.Attributed(request, NewEntry.ofFacility(event))));
    transaction.sendWaiting();
  }
}
