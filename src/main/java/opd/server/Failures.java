package opd.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// Says what a failed file operation means for a person.
final class Failures {
  private static final String ELSEWHERE =
      "Set OPD_HOME to a folder that you can write, or name a PostgreSQL server with --db.";

  private Failures() {}

  static OpdException of(Home home, IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied ->
          new OpdException(
              ErrorCode.ACCESS_DENIED,
              "No permission for " + denied.getFile() + ", where the local PostgreSQL lives.",
              ELSEWHERE,
              denied);
      case FileAlreadyExistsException file -> notFolder(file);
      case NotDirectoryException file -> notFolder(file);
      case FileSystemException system ->
          unusable(
              home,
              Objects.requireNonNullElse(system.getFile(), home.root().toString())
                  + ": "
                  + Objects.requireNonNullElse(system.getReason(), "it cannot be used"),
              system);
      default -> unusable(home, String.valueOf(failure.getMessage()), failure);
    };
  }

  /// On a file system without owners and permissions a password cannot be kept from others.
  static OpdException unsupported(Home home, UnsupportedOperationException failure) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL needs Linux or macOS, and in "
            + home.root()
            + " a file system with owners and permissions.",
        ELSEWHERE,
        failure);
  }

  private static OpdException notFolder(FileSystemException failure) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL needs a folder, but " + failure.getFile() + " is a file.",
        ELSEWHERE,
        failure);
  }

  private static OpdException unusable(Home home, String reason, IOException failure) {
    boolean full = reason.contains("No space left") || reason.contains("quota");
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL in " + home.root() + " cannot be used: " + reason + ".",
        full ? "Free some space, or set OPD_HOME to a folder on another disk." : ELSEWHERE,
        failure);
  }
}
