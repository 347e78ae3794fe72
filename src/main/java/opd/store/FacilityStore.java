package opd.store;

import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.FLYWAY_SCHEMA_HISTORY;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private static final List<Field<?>> FOUND =
      List.of(
          FACILITY.DEFAULT_REGION,
          FACILITY.ZONE,
          FACILITY.CLOCK,
          FLYWAY_SCHEMA_HISTORY.VERSION,
          Routines.decisionTime());

  private FacilityStore() {}

  /// A facility as a command finds it.
  ///
  /// @param schemaVersion the newest migration that was applied
  /// @param now the time by the clock that dates its decisions
  public record Found(FacilitySettings settings, int schemaVersion, Instant now) {}

  /// Settings, schema version and time in one cheap query, on a connection that has proved to be in
  /// the facility.
  ///
  /// @throws OpdException SCHEMA_TOO_OLD when the facility was not made to its end
  public static Found find(Transaction transaction, FacilityName facility) {
    return found(query(transaction, List.of()), facility);
  }

  /// The same as a desk's first question: nothing is known of the connection and the schema before
  /// it. In the same round trip the session proves to be in the facility.
  ///
  /// @throws OpdException ACCESS_DENIED when it is in another, or its bounds are not in force
  public static Found enter(Transaction transaction, DatabaseSettings settings) {
    SessionSettings session = settings.commandSession();
    Record row = query(transaction, session.asked());
    session.check(row, FOUND.size(), settings.place());
    return found(row, settings.facility());
  }

  private static Record query(Transaction transaction, List<Field<String>> more) {
    return transaction
        .sql()
        .select(FOUND)
        .select(more)
        .from(FLYWAY_SCHEMA_HISTORY)
        .leftJoin(FACILITY)
        .on(DSL.trueCondition())
        .where(FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue(), FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
        .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK.desc())
        .limit(1)
        .fetchSingle();
  }

  private static Found found(Record row, FacilityName facility) {
    if (row.get(FACILITY.CLOCK) == null) {
      throw new OpdException(
          ErrorCode.SCHEMA_TOO_OLD,
          "facility " + facility + " was not made to its end",
          "run 'opd --facility " + facility + " db migrate' as the facility's owner");
    }
    return new Found(
        FacilitySettings.of(
            row.get(FACILITY.DEFAULT_REGION), row.get(FACILITY.ZONE), row.get(FACILITY.CLOCK)),
        Integer.parseInt(row.get(FLYWAY_SCHEMA_HISTORY.VERSION)),
        row.get(Routines.decisionTime()));
  }

  /// Writes the facility's one row, unless it has it: a facility that was broken off while it was
  /// made may lack it.
  static void make(Transaction transaction, FacilitySettings settings) {
    transaction
        .sql()
        .insertInto(FACILITY)
        .set(FACILITY.DEFAULT_REGION, settings.region())
        .set(FACILITY.ZONE, settings.zone().getId())
        .set(FACILITY.CLOCK, settings.clock())
        .onConflictDoNothing()
        .execute();
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

  /// The error for a facility of which a login finds no table: whether the session is in another,
  /// it is missing, or closed to the login.
  ///
  /// @throws OpdException the error, if it is the first of them
  public static OpdException notEntered(Transaction transaction, DatabaseSettings settings) {
    FacilityName facility = settings.facility();
    SessionSettings session = settings.commandSession();
    session.check(transaction.sql().select(session.asked()).fetchSingle(), 0, settings.place());
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
