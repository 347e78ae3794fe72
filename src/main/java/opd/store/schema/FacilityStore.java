package opd.store.schema;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.FIND_FACILITY;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.jooq.Routines;
import opd.jooq.tables.FindFacility;
import opd.store.connection.CachedStatement;
import opd.store.connection.FaultMessages;
import opd.store.connection.Transaction;
import opd.store.table.FacilityTime;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements on the facility itself.
public final class FacilityStore {
  // Its text: the row may be tampered with, and then it names no clock that there is.
  public static final Field<String> CLOCK = FACILITY.CLOCK.coerce(String.class);

  private static final FindFacility FOUND = FIND_FACILITY().as("found");

  private static final CachedStatement FIND =
      new CachedStatement(() -> DSL.select(FOUND.fields()).from(FOUND));

  private FacilityStore() {}

  /// A facility as a command finds it. Its row is not taken for right: whoever verifies it must get
  /// that far.
  ///
  /// @param region of its phone numbers
  /// @param zone for people's eyes
  /// @param clock whose time dates its decisions, as the row has it
  /// @param schemaVersion of its tables and guards
  /// @param oldestProgram the oldest schema version whose programs may work there
  /// @param now the time by the clock that dates its decisions
  /// @param today the date in its zone, by the same clock
  /// @param phoneKey null for a login that may not read it, and so gives no place
  /// @param role whose work the login has the rights for: a desk's, whoever may do more
  public record Found(
      String region,
      String zone,
      String clock,
      int schemaVersion,
      int oldestProgram,
      Instant now,
      LocalDate today,
      @Nullable PhoneKey phoneKey,
      FacilityRole role) {
    /// Whether a simulation made it, whose clock dates its decisions.
    public boolean isOfSimulation() {
      return clock.equals(ClockSource.SIMULATION.name());
    }

    /// @throws OpdException CHECK_FAILED when they are not those of a facility
    public FacilitySettings settings() {
      try {
        return FacilitySettings.of(region, zone, ClockSource.valueOf(clock));
      } catch (OpdException | IllegalArgumentException e) {
        throw new OpdException(
            ErrorCode.CHECK_FAILED,
            "the facility's row is not as it was made: " + e.getMessage(),
            "see 'opd audit verify'",
            e);
      }
    }
  }

  /// Settings, schema version and time in one cheap query: a desk's first question.
  ///
  /// @throws OpdException SCHEMA_TOO_OLD when the facility was not made to its end
  public static Found find(Transaction transaction, FacilityName facility) {
    return found(transaction, FIND.on(transaction).fetchSingle(), facility);
  }

  private static Found found(Transaction transaction, Record row, FacilityName facility) {
    if (row.get(FOUND.ONLY_ROW) == null) {
      throw withoutRow(transaction, facility);
    }
    byte[] key = row.get(FOUND.PHONE_KEY);
    Instant now =
        Optional.ofNullable(row.get(FOUND.DECIDED_AT)).orElseGet(() -> lastDecision(transaction));
    return new Found(
        row.get(FOUND.DEFAULT_REGION),
        row.get(FOUND.ZONE),
        row.get(FOUND.CLOCK),
        row.get(FOUND.SCHEMA_VERSION),
        row.get(FOUND.OLDEST_PROGRAM),
        now,
        // None where a simulation's clock has ended, or the row names no zone.
        Optional.ofNullable(row.get(FOUND.TODAY))
            .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC)),
        key == null ? null : new PhoneKey(key),
        role(row));
  }

  private static FacilityRole role(Record row) {
    if (row.get(FOUND.GIVES_PLACES)) {
      return FacilityRole.DESK;
    }
    return row.get(FOUND.ENDS_TURNS) ? FacilityRole.ROOM : FacilityRole.AUDITOR;
  }

  /// Either the facility was not made to its end, or somebody took its row away.
  private static OpdException withoutRow(Transaction transaction, FacilityName facility) {
    boolean wasMade =
        transaction.sql().fetchExists(AUDIT_ENTRY, AUDIT_ENTRY.KIND.eq(AuditKind.FACILITY_SET));
    return wasMade
        ? new OpdException(
            ErrorCode.CHECK_FAILED,
            "the row of facility " + facility + " was removed, of which its audit log tells",
            "have the administrator restore a backup: 'opd db restore'")
        : Schema.incomplete(facility);
  }

  /// The time that a facility's last day ended with, as far as the log tells: a simulation that has
  /// ended left it without a clock.
  private static Instant lastDecision(Transaction transaction) {
    var last = DSL.select(AUDIT_ENTRY.AT).from(AUDIT_ENTRY).orderBy(AUDIT_ENTRY.ID.desc()).limit(1);
    return transaction
        .sql()
        .select(DSL.coalesce(DSL.field(last), DSL.currentInstant()))
        .fetchSingle(Record1::value1);
  }

  /// The version that the schema notes, or empty where it notes none yet.
  static Optional<Integer> version(Transaction transaction, FacilityName facility) {
    boolean isNoted =
        transaction
            .sql()
            .fetchExists(
                DSL.table("pg_proc p join pg_namespace n on n.oid = p.pronamespace"),
                DSL.condition(
                    "n.nspname = {0} and p.proname = 'schema_version'",
                    DSL.val(facility.schema())));
    return isNoted
        ? transaction.sql().select(Routines.schemaVersion()).fetchOptional(Record1::value1)
        : Optional.empty();
  }

  /// A moment by the clock that dates the facility's decisions.
  ///
  /// @param today the date in the facility's zone
  public record Moment(Instant now, LocalDate today) {}

  /// The moment at which the transaction decides.
  public static Moment now(Transaction transaction) {
    return transaction
        .sql()
        .select(FacilityTime.NOW, FacilityTime.TODAY)
        .from(FACILITY)
        .fetchSingle(row -> new Moment(row.value1(), row.value2()));
  }

  /// The error for a facility of which a login finds no table or function: it is missing, closed to
  /// the login, or has another schema.
  public static OpdException notEntered(Transaction transaction, FacilityName facility) {
    Record row =
        transaction
            .sql()
            .fetchOptional(
                """
                select has_schema_privilege(oid, 'USAGE') as is_open,
                       exists (select from pg_class
                                where relnamespace = pg_namespace.oid
                                  and relname = 'flyway_schema_history') as is_made
                  from pg_namespace where nspname = {0}
                """,
                DSL.val(facility.schema()))
            .orElse(null);
    if (row == null) {
      return Relocation.destination(transaction.sql(), facility)
          .map(place -> moved(facility, place))
          .orElseGet(() -> FaultMessages.facilityNotFound(facility));
    }
    if (!row.get("is_open", Boolean.class)) {
      return new OpdException(
          ErrorCode.ACCESS_DENIED,
          "this login may not enter the facility " + facility,
          "ask the administrator for membership in the role " + facility.role(FacilityRole.DESK));
    }
    return row.get("is_made", Boolean.class)
        ? Schema.incomplete(facility)
        : FaultMessages.facilityNotFound(facility);
  }

  private static OpdException moved(FacilityName facility, String place) {
    return new OpdException(
        ErrorCode.FACILITY_NOT_FOUND,
        "the facility %s was moved to %s".formatted(facility, place),
        "name that database: --db, OPD_DB_URL or /etc/opd/facilities");
  }
}
