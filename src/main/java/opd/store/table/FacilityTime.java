package opd.store.table;

import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.SLOT;

import java.time.Instant;
import java.time.LocalDate;
import opd.jooq.Routines;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The facility's time as a part of queries, which must name the table `facility`.
public final class FacilityTime {
  /// When the transaction's decisions are made, by the clock that dates them; null where that clock
  /// has ended.
  public static final Field<Instant> NOW =
      Routines.decisionTime(FACILITY.CLOCK.coerce(String.class));

  /// The date on the facility's calendar at that time.
  public static final Field<LocalDate> TODAY =
      DSL.field("({0} at time zone {1})::date", SLOT.DAY.getDataType(), NOW, FACILITY.ZONE);

  private FacilityTime() {}
}
