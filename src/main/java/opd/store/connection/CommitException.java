package opd.store.connection;

import java.sql.SQLException;

/// COMMIT was sent, perhaps with the last statements before it, and failed: unlike any other
/// failure, this one may have taken effect.
final class CommitException extends SQLException {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  CommitException(Fault fault) {
    super(fault.cause());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
