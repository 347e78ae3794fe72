package opd.store;

import java.sql.SQLException;

/// COMMIT was sent and failed: unlike any other failure, this one may have taken effect.
final class CommitException extends SQLException {
  private static final long serialVersionUID = 1;

  private final transient SQLException failure;

  CommitException(SQLException failure) {
    super(failure);
    this.failure = failure;
  }

  SQLException failure() {
    return failure;
  }
}
