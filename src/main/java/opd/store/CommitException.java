package opd.store;

import java.sql.SQLException;

/// COMMIT was sent and failed: unlike any other failure, this one may have taken effect.
final class CommitException extends SQLException {
  private static final long serialVersionUID = 1;

  CommitException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
  }

  @Override
  public synchronized SQLException getCause() {
    return (SQLException) super.getCause();
  }
}
