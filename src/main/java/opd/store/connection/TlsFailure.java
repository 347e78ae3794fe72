package opd.store.connection;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.postgresql.util.PSQLException;

/// Why a connection was not made that the URL demands to be encrypted, or to a server that proves
/// who it is. Trying again would not help, and must not: somebody may sit in between.
enum TlsFailure {
  /// A file that the URL names, of certificates or of a key, is not there or is none.
  NO_FILE(
      "a certificate or key for the database at %s cannot be read",
      "check the files that sslrootcert, sslcert and sslkey name in the URL"),
  UNKNOWN_CERTIFICATE(
      "the server at %s shows a certificate that nothing here vouches for",
      "name the server's certificate, or that of its authority, as sslrootcert in the URL; if it is there,"
          + " this is another server"),
  OTHER_HOST(
      "the server at %s shows a certificate for another host name",
      "use the host name that the certificate is for"),
  NO_ENCRYPTION(
      "the server at %s offers no encryption, and the URL's sslmode demands it",
      "have the administrator set ssl = on, with a certificate");

  private static final String REJECTED = "08004";

  private final String message;
  private final String hint;

  TlsFailure(String message, String hint) {
    this.message = message;
    this.hint = hint;
  }

  /// The reason, if the failure has one of these. The driver gives no code for them: what it was
  /// caused by tells, or the parts of its text that no translation changes.
  static Optional<TlsFailure> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case FileNotFoundException _ -> {
          return Optional.of(NO_FILE);
        }
        case GeneralSecurityException _ -> {
          return Optional.of(UNKNOWN_CERTIFICATE);
        }
        case PSQLException driver when driver.getServerErrorMessage() == null -> {
          String text = String.valueOf(driver.getMessage());
          if (text.contains("HostnameVerifier")) {
            return Optional.of(OTHER_HOST);
          }
          if (REJECTED.equals(driver.getSQLState()) && text.contains("SSL")) {
            return Optional.of(NO_ENCRYPTION);
          }
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  OpdException error(String place, Throwable cause) {
    return new OpdException(ErrorCode.ACCESS_DENIED, message.formatted(place), hint, cause);
  }
}
