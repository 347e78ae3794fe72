package opd.store.table;

import static opd.jooq.Tables.SERVING;
import static opd.jooq.Tables.SLOT;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import opd.domain.Serving;
import opd.store.connection.ArrayBinding;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What was noted of a slot's tokens, each column as one array: read with the queue, and nothing
/// where nobody notes anything.
final class ServingArrays {
  private static final String NAME = "served";

  private final Field<Object[]> tokens = all("tokens", "int8", SERVING.TOKEN_ID);
  private final Field<Object[]> arrivals = all("arrivals", "int8", micros(SERVING.ARRIVED_AT));
  private final Field<Object[]> calls = all("calls", "int8", micros(SERVING.CALLED_AT));
  private final Field<Object[]> counts = all("counts", "int4", SERVING.CALLS);
  private final Field<Object[]> rooms = all("rooms", "text", SERVING.ROOM);
  private final Field<Object[]> parkings = all("parkings", "int8", micros(SERVING.PARKED_AT));
  private final Field<Object[]> numbers = all("numbers", "int8", SERVING.CALL_NUMBER);

  private static Field<Object[]> all(String column, String elementType, Field<?> value) {
    return DSL.field("array_agg({0})", ArrayBinding.of(elementType), value).as(NAME + "_" + column);
  }

  private static Field<?> micros(Field<Instant> time) {
    return DSL.field("cast(extract(epoch from {0}) * 1000000 as int8)", time);
  }

  /// One row for the slot of the outer query.
  Table<?> ofSlot() {
    return DSL.lateral(
            DSL.select(tokens, arrivals, calls, counts, rooms, parkings, numbers)
                .from(SERVING)
                .where(SERVING.SLOT_ID.eq(SLOT.ID)))
        .as(NAME);
  }

  /// By the ids of the tokens.
  Map<Long, Serving> read(Record row) {
    // An aggregate of no rows is null.
    Object[] token = row.get(tokens);
    if (token == null) {
      return Map.of();
    }
    Object[] arrival = row.get(arrivals);
    Object[] call = row.get(calls);
    Object[] count = row.get(counts);
    Object[] room = row.get(rooms);
    Object[] parking = row.get(parkings);
    Object[] number = row.get(numbers);
    Map<Long, Serving> found = new HashMap<>();
    for (int index = 0; index < token.length; index++) {
      found.put(
          (long) token[index],
          new Serving(
              time(arrival[index]),
              time(call[index]),
              (int) count[index],
              (String) room[index],
              time(parking[index]),
              number[index] == null ? 0 : (long) number[index]));
    }
    return found;
  }

  private static @Nullable Instant time(@Nullable Object micros) {
    return micros == null ? null : Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS);
  }
}
