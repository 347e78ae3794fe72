package opd.store;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.FLYWAY_SCHEMA_HISTORY;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.jooq.Routines;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/// The statements on the facility itself.
public final class FacilityStore {
  private static final Field<Instant> TRANSACTION_TIME =
      DSL.field("now()", AUDIT_ENTRY.AT.getDataType());
  // Null in a facility that a simulation left behind, whose clock nobody sets any more.
  private static final Field<Instant> NOW =
      DSL.when(
              FACILITY
                  .CLOCK
                  .eq(ClockSource.DATABASE)
                  .or(DSL.condition("current_setting('opd.logical_time', true) <> ''")),
              Routines.decisionTime())
          .as("now");

  private FacilityStore() {}

  /// A facility as a command finds it.
  ///
  /// @param schemaVersion the newest migration that was applied
  /// @param now the time by the clock that dates its decisions
  public record Found(FacilitySettings settings, int schemaVersion, Instant now) {}

  /// Settings, schema version and time in one cheap query; nothing is known of the schema before
  /// it.
  public static Found find(Transaction transaction) {
    Record row =
        transaction
            .sql()
            .select(
                FACILITY.DEFAULT_REGION,
                FACILITY.ZONE,
                FACILITY.CLOCK,
                FLYWAY_SCHEMA_HISTORY.VERSION,
                NOW)
            .from(FACILITY, FLYWAY_SCHEMA_HISTORY)
            .where(
                FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue(), FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
            .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK.desc())
            .limit(1)
            .fetchSingle();
    return new Found(
        new FacilitySettings(
            row.get(FACILITY.DEFAULT_REGION),
            ZoneId.of(row.get(FACILITY.ZONE)),
            row.get(FACILITY.CLOCK)),
        Integer.parseInt(row.get(FLYWAY_SCHEMA_HISTORY.VERSION)),
        Optional.ofNullable(row.get(NOW)).orElseGet(() -> lastDecision(transaction)));
  }

  /// The time that a facility's last day ended with, as far as the log tells.
  private static Instant lastDecision(Transaction transaction) {
    return transaction
        .sql()
        .select(DSL.coalesce(DSL.max(AUDIT_ENTRY.AT), TRANSACTION_TIME))
        .from(AUDIT_ENTRY)
        .fetchSingle(Record1::value1);
  }

  /// The newest migration that was applied, or empty when none was.
  static Optional<Integer> version(Transaction transaction) {
    return transaction
        .sql()
        .select(FLYWAY_SCHEMA_HISTORY.VERSION)
        .from(FLYWAY_SCHEMA_HISTORY)
        .where(FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue(), FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
        .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK.desc())
        .limit(1)
        .fetchOptional(FLYWAY_SCHEMA_HISTORY.VERSION)
        .map(Integer::valueOf);
  }

  /// The time by the clock that dates the facility's decisions.
  public static Instant now(Transaction transaction) {
    return transaction.sql().select(Routines.decisionTime()).fetchSingle(Record1::value1);
  }

  /// The error for a facility of which a login finds no table: whether it is missing, or closed to
  /// the login.
  public static OpdException notEntered(Transaction transaction, FacilityName facility) {
    boolean isClosed =
        transaction
            .sql()
            .fetchExists(
                DSL.table(DSL.name("pg_namespace")),
                DSL.field(DSL.name("nspname"), String.class)
                    .eq(facility.schema())
                    .andNot(DSL.condition("has_schema_privilege(oid, 'USAGE')")));
    return isClosed
        ? new OpdException(
            ErrorCode.ACCESS_DENIED,
            "this login may not enter the facility " + facility,
            "ask the administrator for membership in the role " + facility.role(FacilityRole.DESK))
        : notFound(facility);
  }

  static OpdException notFound(FacilityName facility) {
    return new OpdException(
        ErrorCode.FACILITY_NOT_FOUND,
        "there is no facility " + facility + " in this database",
        "check --facility, or make it with 'opd --facility " + facility + " db migrate'");
  }
}
