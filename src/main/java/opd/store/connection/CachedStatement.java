package opd.store.connection;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.Configuration;
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
/// after that, values are bound and rows are read. Looking up what a request names takes some 65 µs
/// of processor time here so, five times as much with the statements that jOOQ itself keeps
/// (`keepStatement`, 330 µs), and seven times with the text made anew (500 µs).
///
/// Several are sent at once when all but the last were given to [Transaction#sendWithNext]: the
/// server carries them out one after the other, each seeing what was committed before it began, and
/// none after one that fails. One round trip for all of them is what it is for: an allocation needs
/// four instead of seven.
///
/// Here, where every command passes, no switch goes by type: the JVM makes a class for each such
/// switch when it first comes to it, in every process, which types that are not sealed do not
/// repay.
public final class CachedStatement {
  private final Supplier<? extends Query> query;

  /// Looks at a row.
  interface Check {
    /// @throws SQLException if it is not as it must be
    void of(Record row) throws SQLException;
  }

  /// @param query makes the statement, in which each value is a named parameter that occurs once,
  ///   and what it selects are fields
  public CachedStatement(Supplier<? extends Query> query) {
    this.query = query;
  }

  /// What jOOQ made of it.
  ///
  /// @param parameters in the order of their places
  /// @param fields of the rows that it returns; none when it only changes some
  private record Text(String sql, List<Param<?>> parameters, List<Field<?>> fields) {
    static Text of(DSLContext sql, Query query) {
      List<Param<?>> parameters = new ArrayList<>(sql.extractParams(query).values());
      parameters.removeIf(Param::isInline);
      String text = sql.render(query);
      if (text.length() - text.replace("?", "").length() != parameters.size()) {
        throw new IllegalStateException("a parameter occurs twice in " + text);
      }
      return new Text(text, List.copyOf(parameters), selected(query));
    }
  }

  /// What a query selects.
  static List<Field<?>> selected(Query query) {
    // What the field method of a select names are columns of a derived table.
    if (query instanceof Select<?> select) {
      return select.$select().stream().<Field<?>>map(Field.class::cast).toList();
    }
    return query instanceof ResultQuery<?> returning ? List.of(returning.fields()) : List.of();
  }

  /// Begins to carry it out.
  public Execution on(Transaction transaction) {
    return new Execution(transaction, this, text(transaction.context()));
  }

  /// The text that is kept with the connection, or is made.
  private Text text(DSLContext sql) {
    Text text = (Text) sql.configuration().data(this);
    if (text == null) {
      text = Text.of(sql, query.get());
      sql.configuration().data(this, text);
    }
    return text;
  }

  /// The statement with its values, to be carried out once.
  public static final class Execution {
    private final Transaction transaction;
    private final CachedStatement statement;
    private final Text text;
    private final @Nullable Object[] values;
    private final BitSet given = new BitSet();
    private boolean keepsRows;
    private @Nullable Check check;
    private @Nullable Result<Record> rows;

    private Execution(Transaction transaction, CachedStatement statement, Text text) {
      this.transaction = transaction;
      this.statement = statement;
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

    /// Whether the statement has the parameter.
    boolean takes(Param<?> parameter) {
      return text.parameters().stream()
          .anyMatch(each -> Objects.equals(each.getParamName(), parameter.getParamName()));
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

    /// Sends it after those that wait.
    ///
    /// @return the rows
    public Result<Record> fetch() {
      keepRows();
      send();
      return rows();
    }

    /// Has the only row that it returns looked at as soon as it is there, before anybody goes on.
    Execution checked(Check check) {
      keepsRows = true;
      this.check = check;
      return this;
    }

    /// Somebody will look at what it returns.
    void keepRows() {
      keepsRows = true;
    }

    /// What it returned.
    Result<Record> rows() {
      return Objects.requireNonNull(rows, "not carried out yet");
    }

    /// Sends it after those that wait, all at once.
    ///
    /// @return what the server warned of meanwhile, or null
    @Nullable SQLWarning send() {
      List<Execution> all = transaction.takeWaiting();
      all.add(this);
      String sql = all.size() == 1 ? text.sql() : together(all);
      transaction.renewBound();
      return transaction
          .context()
          .connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              int place = 1;
              for (Execution each : all) {
                place = each.bind(statement, place);
              }
              statement.execute();
              for (Execution each : all) {
                if (each.keepsRows) {
                  each.rows = each.read(statement);
                  each.checkRows();
                }
                if (each != this) {
                  statement.getMoreResults();
                }
              }
              return Optional.ofNullable(statement.getWarnings());
            }
          })
          .orElse(null);
    }

    /// The text of several, which is kept with the connection, or is made.
    private String together(List<Execution> all) {
      List<CachedStatement> statements = new ArrayList<>(all.size());
      all.forEach(each -> statements.add(each.statement));
      Configuration kept = transaction.context().configuration();
      String sql = (String) kept.data(statements);
      if (sql == null) {
        sql = all.stream().map(each -> each.text.sql()).collect(Collectors.joining("; "));
        kept.data(List.copyOf(statements), sql);
      }
      return sql;
    }

    private void checkRows() throws SQLException {
      if (check != null) {
        check.of(rows().getFirst());
      }
    }

    private Result<Record> read(PreparedStatement statement) throws SQLException {
      try (ResultSet found = statement.getResultSet()) {
        return transaction.context().fetch(found, text.fields().toArray(Field<?>[]::new));
      }
    }

    /// @param first the place of its first parameter
    /// @return the place after its last one
    private int bind(PreparedStatement statement, int first) throws SQLException {
      if (given.cardinality() < values.length) {
        throw new IllegalStateException(
            "no value for " + text.parameters().get(given.nextClearBit(0)).getParamName());
      }
      for (int place = 0; place < values.length; place++) {
        if (values[place] instanceof Object[] elements) {
          String type = elementType(text.parameters().get(place));
          Array array = statement.getConnection().createArrayOf(type, elements);
          statement.setArray(first + place, array);
        } else {
          statement.setObject(first + place, values[place]);
        }
      }
      return first + values.length;
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
