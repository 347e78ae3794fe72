package opd.store.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/// A statement that a desk carries out again and again. jOOQ makes its text once for a connection;
/// after that, values are bound and rows are read. With the text made anew each time, making it was
/// three quarters of what a desk asked of its processor.
///
/// Here, where every command passes, no switch goes by type: the JVM makes a class for each such
/// switch when it first comes to it, in every process, which types that are not sealed do not
/// repay.
public final class Prepared {
  private final List<Supplier<? extends Query>> queries;

  /// @param query makes the statement, in which each value is a named parameter that occurs once,
  ///   and what it selects are fields
  public Prepared(Supplier<? extends Query> query) {
    this.queries = List.of(query);
  }

  /// Two statements that the server gets at once and carries out one after the other, each seeing
  /// what was committed before it began. The rows are those of the second.
  public Prepared(Supplier<? extends Query> first, Supplier<? extends Query> second) {
    this.queries = List.of(first, second);
  }

  /// What jOOQ made of it.
  ///
  /// @param statements how many it consists of
  /// @param parameters in the order of their places
  /// @param fields of the rows that it returns; none when it only changes some
  private record Text(
      String sql, int statements, List<Param<?>> parameters, List<Field<?>> fields) {
    /// The text of both.
    Text then(Text next) {
      List<Param<?>> both = new ArrayList<>(parameters);
      both.addAll(next.parameters());
      return new Text(
          sql + "; " + next.sql(),
          statements + next.statements(),
          List.copyOf(both),
          next.fields());
    }

    static Text of(DSLContext sql, Query query) {
      List<Param<?>> parameters = new ArrayList<>(sql.extractParams(query).values());
      parameters.removeIf(Param::isInline);
      if (parameters.size() != sql.extractBindValues(query).size()) {
        throw new IllegalArgumentException("a parameter occurs twice in " + query);
      }
      return new Text(sql.render(query), 1, List.copyOf(parameters), fields(query));
    }

    private static List<Field<?>> fields(Query query) {
      // What the field method of a select names are columns of a derived table.
      if (query instanceof Select<?> select) {
        return select.$select().stream().<Field<?>>map(Field.class::cast).toList();
      }
      return query instanceof ResultQuery<?> returning ? List.of(returning.fields()) : List.of();
    }
  }

  /// Begins to carry it out.
  public Execution on(Transaction transaction) {
    return new Execution(transaction, this, text(transaction.context()));
  }

  private Text text(DSLContext sql) {
    return made(
        sql,
        this,
        () ->
            queries.stream()
                .map(query -> Text.of(sql, query.get()))
                .reduce(Text::then)
                .orElseThrow());
  }

  /// Of several that are sent together.
  private static Text text(DSLContext sql, List<Prepared> together) {
    return made(
        sql,
        together,
        () -> together.stream().map(each -> each.text(sql)).reduce(Text::then).orElseThrow());
  }

  /// The text that is kept with the connection under the key, or is made.
  private static Text made(DSLContext sql, Object key, Supplier<Text> making) {
    Text text = (Text) sql.configuration().data(key);
    if (text == null) {
      text = making.get();
      sql.configuration().data(key, text);
    }
    return text;
  }

  /// The statement with its values, to be carried out once.
  public static final class Execution {
    private final Transaction transaction;
    private final Prepared prepared;
    private final Text text;
    private final @Nullable Object[] values;
    private final BitSet given = new BitSet();
    private boolean keepsRows;
    private @Nullable Result<Record> rows;

    private Execution(Transaction transaction, Prepared prepared, Text text) {
      this.transaction = transaction;
      this.prepared = prepared;
      this.text = text;
      this.values = new Object[text.parameters().size()];
    }

    /// Gives a parameter its value.
    public <T> Execution with(Param<T> parameter, @Nullable T value) {
      boolean found = false;
      for (int place = 0; place < values.length; place++) {
        if (Objects.equals(text.parameters().get(place).getParamName(), parameter.getParamName())) {
          values[place] = sqlValue(parameter, value);
          given.set(place);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException("no parameter " + parameter.getParamName());
      }
      return this;
    }

    /// Gives a table its rows.
    public <T> Execution with(BulkRows<T> table, List<T> rows) {
      table.bind(this, rows);
      return this;
    }

    /// The rows, at most one.
    public <R> Optional<R> fetchOptional(Function<Record, R> read) {
      Result<Record> rows = fetch();
      if (rows.size() > 1) {
        throw new IllegalStateException(rows.size() + " rows instead of one: " + text.sql());
      }
      return rows.isEmpty() ? Optional.empty() : Optional.of(read.apply(rows.getFirst()));
    }

    /// The only row.
    public Record fetchSingle() {
      return fetchOptional(Function.identity())
          .orElseThrow(() -> new IllegalStateException("no row: " + text.sql()));
    }

    /// The rows.
    public Result<Record> fetch() {
      Result<Record> fetched = carryOut(this::read);
      rows = fetched;
      return fetched;
    }

    private Result<Record> read(PreparedStatement statement) throws SQLException {
      try (ResultSet found = statement.getResultSet()) {
        return transaction.context().fetch(found, text.fields().toArray(Field<?>[]::new));
      }
    }

    /// Somebody will look at what it returns, though it is sent with another.
    void keepRows() {
      keepsRows = true;
    }

    /// What it returned.
    Result<Record> rows() {
      return Objects.requireNonNull(rows, "not carried out yet");
    }

    /// Changes rows, and counts them.
    public int execute() {
      return carryOut(PreparedStatement::getUpdateCount);
    }

    /// Carries it out, and gives what the server warned of meanwhile, or null.
    @Nullable SQLWarning executeForWarnings() {
      return carryOut(statement -> Optional.ofNullable(statement.getWarnings())).orElse(null);
    }

    private interface Work<R> {
      R of(PreparedStatement statement) throws SQLException;
    }

    /// @param work takes the last result
    private <R> R carryOut(Work<R> work) {
      List<Execution> waiting = transaction.takeWaiting();
      if (waiting.isEmpty()) {
        return send(text, checked(), waiting, work);
      }
      List<Prepared> together = new ArrayList<>();
      List<@Nullable Object> given = new ArrayList<>();
      for (Execution each : waiting) {
        together.add(each.prepared);
        Collections.addAll(given, each.checked());
      }
      together.add(prepared);
      Collections.addAll(given, checked());
      return send(text(transaction.context(), together), given.toArray(), waiting, work);
    }

    /// The values, which must all have been given.
    private @Nullable Object[] checked() {
      if (given.cardinality() < values.length) {
        throw new IllegalStateException(
            "no value for " + text.parameters().get(given.nextClearBit(0)).getParamName());
      }
      return values;
    }

    /// @param all what is sent: those that waited, and this one
    private <R> R send(Text all, @Nullable Object[] values, List<Execution> waiting, Work<R> work) {
      return transaction
          .contextToSend()
          .connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(all.sql())) {
              bind(connection, statement, all, values);
              statement.execute();
              for (Execution each : waiting) {
                each.goToResult(statement);
                if (each.keepsRows) {
                  each.rows = each.read(statement);
                }
                statement.getMoreResults();
              }
              goToResult(statement);
              return work.of(statement);
            }
          });
    }

    /// From the first of its results to the last, which counts.
    private void goToResult(PreparedStatement statement) throws SQLException {
      for (int next = 1; next < text.statements(); next++) {
        statement.getMoreResults();
      }
    }

    private static void bind(
        Connection connection, PreparedStatement statement, Text text, @Nullable Object[] values)
        throws SQLException {
      for (int place = 0; place < values.length; place++) {
        if (values[place] instanceof Object[] elements) {
          String type = elementType(text.parameters().get(place));
          statement.setArray(place + 1, connection.createArrayOf(type, elements));
        } else {
          statement.setObject(place + 1, values[place]);
        }
      }
    }

    private static String elementType(Param<?> parameter) {
      return parameter.getBinding() instanceof ArrayBinding array
          ? array.elementType()
          : Objects.requireNonNull(parameter.getDataType().getArrayComponentDataType())
              .getTypeName();
    }

    /// As the driver takes it.
    private static <T> @Nullable Object sqlValue(Param<T> parameter, @Nullable T value) {
      if (value instanceof JSON json) {
        return json.data();
      }
      if (value instanceof Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
      }
      return value == null ? null : ((Converter<?, T>) parameter.getConverter()).to(value);
    }
  }
}
