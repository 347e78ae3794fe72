package opd.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/// The database that the settings name, if they name one.
public final class ExternalDatabase {
  private static final Set<PosixFilePermission> OPEN_TO_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private ExternalDatabase() {}

  /// Empty when the managed local server is to be used.
  ///
  /// @throws OpdException INVALID_INPUT for a wrong URL; ACCESS_DENIED for a password file that
  ///   others can read
  public static Optional<DatabaseSettings> in(Settings settings, FacilityName facility) {
    String text = settings.db().value();
    if (text == null) {
      return Optional.empty();
    }
    DatabaseUrl url = DatabaseUrl.parse(text);
    DatabaseSettings.Direct login = login(settings, url);
    if (login.password() == null) {
      checkPasswordFile(settings);
    }
    return Optional.of(
        new DatabaseSettings(
                url.jdbc(), login.user(), login.password(), facility, settings.budget())
            .with(direct(settings, login)));
  }

  private static DatabaseSettings.Direct login(Settings settings, DatabaseUrl url) {
    return new DatabaseSettings.Direct(
        url.jdbc(),
        settings.fromEnvironment("OPD_DB_USER").orElse(url.user()),
        settings.fromEnvironment("OPD_DB_PASSWORD").orElse(url.password()));
  }

  /// The way past a pooler, with the pooler's login where it names none.
  private static DatabaseSettings.@Nullable Direct direct(
      Settings settings, DatabaseSettings.Direct pooled) {
    String text = settings.dbDirect().value();
    if (text == null) {
      return null;
    }
    DatabaseSettings.Direct direct = login(settings, DatabaseUrl.parse(text));
    return direct.user() == null
        ? new DatabaseSettings.Direct(direct.url(), pooled.user(), pooled.password())
        : direct;
  }

  /// Whether a password stands in an argument, where every user of the machine can read it.
  static boolean showsPassword(Settings settings) {
    Settings.Setting db = settings.db();
    String text = db.value();
    return text != null
        && db.origin().equals("option")
        && DatabaseUrl.parse(text).password() != null;
  }

  /// The driver reads the password file itself, but does not look who else can.
  private static void checkPasswordFile(Settings settings) {
    Path file =
        settings
            .fromEnvironment("PGPASSFILE")
            .map(Inputs::file)
            .orElseGet(() -> Path.of(System.getProperty("user.home", "/"), ".pgpass"));
    try {
      if (Files.exists(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(OPEN_TO_OTHERS::contains)) {
        throw new OpdException(
            ErrorCode.ACCESS_DENIED,
            "the password file " + file + " can be read by others",
            "run: chmod 600 " + file);
      }
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "the password file " + file + " cannot be looked at",
          "mend its permissions, or set OPD_DB_PASSWORD",
          e);
    }
  }
}
