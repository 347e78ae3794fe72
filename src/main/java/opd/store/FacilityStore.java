package opd.store;

import static opd.jooq.Tables.FACILITY;

import java.time.Instant;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.jooq.Routines;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements on the facility itself.
public final class FacilityStore {
  private FacilityStore() {}

  // Null where it is a simulation's, which is read after its clock has ended.
  private static final Field<Instant> NOW =
      DSL.coalesce(Routines.decisionTime(), DSL.currentInstant());

  /// A facility as a command finds it.
  ///
  /// @param schemaVersion of its tables and guards
  /// @param oldestProgram the oldest schema version whose programs may work there
  /// @param now the time by the clock that dates its decisions
  /// @param phoneKey null for a login that may not read it, and so decides nothing
  public record Found(
      FacilitySettings settings,
      int schemaVersion,
      int oldestProgram,
      Instant now,
      @Nullable PhoneKey phoneKey) {}

  /// Settings, schema version and time in one cheap query; nothing is known of the schema before
  /// it.
  ///
  /// @throws OpdException SCHEMA_TOO_OLD when the facility was not made to its end
  public static Found find(Transaction transaction, FacilityName facility) {
    Record row =
        transaction
            .sql()
            .select(
                FACILITY.DEFAULT_REGION,
                FACILITY.ZONE,
                FACILITY.CLOCK,
                Routines.schemaVersion(),
                Routines.oldestProgram(),
                NOW,
                Routines.readablePhoneKey())
            .from(FACILITY)
            .fetchOptional()
            .orElseThrow(() -> Schema.incomplete(facility));
    byte[] key = row.get(Routines.readablePhoneKey());
    return new Found(
        FacilitySettings.of(
            row.get(FACILITY.DEFAULT_REGION), row.get(FACILITY.ZONE), row.get(FACILITY.CLOCK)),
        row.get(Routines.schemaVersion()),
        row.get(Routines.oldestProgram()),
        row.get(NOW),
        key == null ? null : new PhoneKey(key));
  }

  /// The version that the schema notes, or empty where it notes none yet.
  static Optional<Integer> version(Transaction transaction) {
    boolean isNoted =
        transaction
            .sql()
            .fetchExists(
                DSL.table(DSL.name("pg_proc")),
                DSL.condition(
                    "pronamespace = current_schema()::regnamespace and proname = 'schema_version'"));
    return isNoted
        ? transaction.sql().select(Routines.schemaVersion()).fetchOptional(Record1::value1)
        : Optional.empty();
  }

  /// The time by the clock that dates the facility's decisions.
  public static Instant now(Transaction transaction) {
    return transaction.sql().select(NOW).fetchSingle(Record1::value1);
  }

  /// The error for a facility of which a login finds no table or function: whether it is missing,
  /// closed to the login, or has another schema.
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
      return notFound(facility);
    }
    if (!row.get("is_open", Boolean.class)) {
      return new OpdException(
          ErrorCode.ACCESS_DENIED,
          "this login may not enter the facility " + facility,
          "ask the administrator for membership in the role " + facility.role(FacilityRole.DESK));
    }
    return row.get("is_made", Boolean.class) ? Schema.incomplete(facility) : notFound(facility);
  }

  static OpdException notFound(FacilityName facility) {
    return new OpdException(
        ErrorCode.FACILITY_NOT_FOUND,
        "there is no facility " + facility + " in this database",
        "check --facility, or make it with 'opd --facility " + facility + " db migrate'");
  }
}
