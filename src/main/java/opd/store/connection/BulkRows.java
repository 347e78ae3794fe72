package opd.store.connection;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Rows as a table inside a statement. For any number of them, one array is given for each column:
/// the statement has the same text for all numbers, so that neither side has to read it anew, and
/// no bound but memory. For one row, as most decisions write, [BulkStatement] has a second text in
/// which its values stand as they are. Of several tables in a statement each has a name of its own.
///
/// @param <T> what a row is made of
public final class BulkRows<T> {
  private static final String PLACE = "place";

  /// How many rows a statement is made for.
  public enum Size {
    ONE,
    ANY
  }

  private final String name;
  private final Param<Object[]> places;
  private final List<Column<T>> columns = new ArrayList<>();

  /// @param values all rows' values
  /// @param only the value of the only row
  /// @param array makes an array of so many elements, of the class whose binary form the driver
  ///   knows
  /// @param value gives a row's value as the driver takes it
  private record Column<T>(
      String name,
      String type,
      Param<Object[]> values,
      Param<Object> only,
      IntFunction<Object[]> array,
      Function<T, @Nullable Object> value) {}

  public BulkRows() {
    this("bulk");
  }

  /// @param name of the table in the statement
  public BulkRows(String name) {
    this.name = name;
    places = values(PLACE, "int4");
  }

  private Param<Object[]> values(String column, String elementType) {
    return DSL.param(name + "." + column, ArrayBinding.of(elementType));
  }

  /// One column more.
  ///
  /// @param target the column of the database that it is meant for, for its name and type
  /// @param value gives a row's value, which may be null
  public <V> Field<V> column(Field<V> target, Function<T, ? extends @Nullable V> value) {
    return column(target.getName(), target, value);
  }

  /// One column more, under a name of its own.
  ///
  /// @param like a column of the database with its type
  public <V> Field<V> column(
      String column, Field<V> like, Function<T, ? extends @Nullable V> value) {
    Class<V> type = like.getType();
    if (type == Long.class) {
      add(column, "int8", Long[]::new, value::apply);
    } else if (type == Integer.class) {
      add(column, "int4", Integer[]::new, value::apply);
    } else if (type == Short.class) {
      add(column, "int2", Short[]::new, value::apply);
    } else if (type == String.class || type.isEnum()) {
      add(column, "text", String[]::new, row -> text(value.apply(row)));
    } else if (type == JSON.class || type == Instant.class || type == LocalDate.class) {
      add(column, "text", String[]::new, row -> text(value.apply(row)));
      return field(column, SQLDataType.CLOB).cast(like);
    } else {
      throw new IllegalArgumentException("no array of " + type);
    }
    return field(column, like.getDataType());
  }

  /// Text of its own: jOOQ would take what a name is qualified by for a table of the facility's.
  private <V> Field<V> field(String column, DataType<V> type) {
    return DSL.field("{0}", type, DSL.name(name, column));
  }

  private void add(
      String name,
      String elementType,
      IntFunction<Object[]> array,
      Function<T, @Nullable Object> value) {
    Param<Object> only = DSL.param(this.name + "." + name + " of one", Object.class);
    columns.add(new Column<>(name, elementType, values(name, elementType), only, array, value));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /// One column of bytes more: as an array they would travel in octal.
  ///
  /// @param value gives a row's bytes in hexadecimal digits
  public Field<byte[]> hexColumn(Field<byte[]> target, Function<T, String> value) {
    Field<String> digits =
        column(target.getName(), DSL.field(target.getQualifiedName(), String.class), value);
    return DSL.function("decode", byte[].class, digits, DSL.inline("hex"));
  }

  /// Any number of rows; all columns must have been named.
  public Table<?> table() {
    return table(Size.ANY);
  }

  /// The rows; all columns must have been named. In the list of what is selected, the elements of
  /// all arrays are taken side by side; `unnest` behind FROM would first store each array's in a
  /// table, which takes twice as long for one row.
  public Table<?> table(Size size) {
    List<Field<?>> selected = new ArrayList<>();
    for (Column<T> column : columns) {
      Field<Object> value =
          switch (size) {
            case ONE ->
                DSL.field("cast({0} as " + column.type() + ")", Object.class, column.only());
            case ANY -> unnest(column.values());
          };
      selected.add(value.as(column.name()));
    }
    if (size == Size.ANY) {
      selected.add(unnest(places).as(PLACE));
    }
    return DSL.select(selected).asTable(name);
  }

  private static Field<Object> unnest(Param<Object[]> values) {
    return DSL.field("unnest({0})", Object.class, values);
  }

  /// What keeps the rows in their order.
  public List<Field<?>> order(Size size) {
    return switch (size) {
      case ONE -> List.of();
      case ANY -> List.of(field(PLACE, SQLDataType.INTEGER));
    };
  }

  /// Gives the statement its rows.
  void bind(CachedStatement.Execution execution, List<T> rows) {
    if (execution.takes(columns.getFirst().only())) {
      bindOne(execution, rows);
    } else {
      bindAny(execution, rows);
    }
  }

  private void bindOne(CachedStatement.Execution execution, List<T> rows) {
    if (rows.size() != 1) {
      throw new IllegalArgumentException(rows.size() + " rows for a statement of one");
    }
    for (Column<T> column : columns) {
      execution.with(column.only(), column.value().apply(rows.getFirst()));
    }
  }

  private void bindAny(CachedStatement.Execution execution, List<T> rows) {
    for (Column<T> column : columns) {
      Object[] values = rows.stream().map(column.value()).toArray(column.array());
      execution.with(column.values(), values);
    }
    Integer[] numbers = new Integer[rows.size()];
    Arrays.setAll(numbers, index -> index);
    execution.with(places, numbers);
  }
}
