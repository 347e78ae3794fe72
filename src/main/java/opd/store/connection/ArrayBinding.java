package opd.store.connection;

import java.sql.Array;
import java.sql.SQLException;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.DataType;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.SQLDataType;

/// Gives an array to the driver as it is, which sends its elements in their binary form if its
/// class says what they are, and takes one from it. jOOQ's own way is to write it as text, and to
/// escape it, for each element.
public final class ArrayBinding extends AbstractBinding<Object[], Object[]> {
  private static final long serialVersionUID = 1;

  private final String elementType;

  /// The type of such arrays.
  ///
  /// @param elementType as for the constructor
  public static DataType<Object[]> of(String elementType) {
    return SQLDataType.OTHER.array().asConvertedDataType(new ArrayBinding(elementType));
  }

  /// @param elementType PostgreSQL's name of it, for which the driver has a binary form: `text`,
  ///   `int8`, `int4` or `int2`
  private ArrayBinding(String elementType) {
    this.elementType = elementType;
  }

  @Override
  public Converter<Object[], Object[]> converter() {
    return Converters.identity(Object[].class);
  }

  @Override
  public void sql(BindingSQLContext<Object[]> context) {
    context.render().sql("cast(? as ").sql(elementType).sql("[])");
  }

  @Override
  public void set(BindingSetStatementContext<Object[]> context) throws SQLException {
    Array array = context.statement().getConnection().createArrayOf(elementType, context.value());
    context.statement().setArray(context.index(), array);
  }

  String elementType() {
    return elementType;
  }

  @Override
  public void get(BindingGetResultSetContext<Object[]> context) throws SQLException {
    Array array = context.resultSet().getArray(context.index());
    context.value(array == null ? null : (Object[]) array.getArray());
  }
}
