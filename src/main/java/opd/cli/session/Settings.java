package opd.cli.session;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import opd.domain.Actor;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;
import org.jspecify.annotations.Nullable;

/// The settings of one command and where each comes from: an option, the environment, the user's
/// file, the machine's file, or the program's own default, in this order.
public final class Settings {
  private static final List<String> NAMES =
      List.of(
          "db",
          "db-direct",
          "facility",
          "timeout",
          "output",
          "actor",
          "color",
          "zone",
          "log",
          "home");
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private final GlobalOptions options;
  private final Map<String, String> environment;
  private final List<SettingsFile> files;
  private final FacilityPlaces places;
  private final Optional<String> elsewhere;

  /// A setting as `opd config` shows it.
  public record Setting(String name, @Nullable String value, String origin) {}

  private record SettingsFile(Path path, Properties properties) {}

  /// @throws OpdException INVALID_INPUT when a settings file exists but cannot be read
  Settings(GlobalOptions options, Map<String, String> environment) {
    this(options, environment, Optional.empty());
  }

  /// @param elsewhere the URL of another database than the one that they name, or empty
  /// @throws OpdException INVALID_INPUT when a settings file exists but cannot be read
  Settings(GlobalOptions options, Map<String, String> environment, Optional<String> elsewhere) {
    this.elsewhere = elsewhere;
    this.options = options;
    this.environment = environment;
    List<Path> folders = List.of(configHome(environment).resolve("opd"), Path.of("/etc/opd"));
    this.files = folders.stream().map(folder -> read(folder.resolve("opd.properties"))).toList();
    this.places =
        new FacilityPlaces(folders.stream().map(folder -> folder.resolve("facilities")).toList());
  }

  public Setting db() {
    return db(required(facility()));
  }

  /// The database in which a facility lies, as `db` names it.
  public Setting placeOf(FacilityName facility) {
    return db(facility.value());
  }

  private Setting db(String facility) {
    if (elsewhere.isPresent()) {
      return new Setting("db", elsewhere.get(), "option");
    }
    Setting named = setting("db", options.db.orNull(), "OPD_DB_URL", null);
    boolean isForAll = named.origin().equals("option") || named.origin().startsWith("environment ");
    return isForAll ? named : places.of(facility).orElse(named);
  }

  /// The facilities whose database a file tells.
  public List<FacilityName> placed() {
    return places.names().stream().sorted().map(FacilityName::new).toList();
  }

  /// The way past a pooler; without a value, the database's URL is that way. It belongs to the one
  /// database that all facilities lie in, and leads to none that a facility has of its own.
  Setting dbDirect() {
    Setting direct = setting("db-direct", null, "OPD_DB_DIRECT_URL", null);
    Setting db = db();
    boolean isOfItsOwn =
        elsewhere.isPresent() || db.equals(places.of(required(facility())).orElse(null));
    return isOfItsOwn ? new Setting("db-direct", null, db.origin()) : direct;
  }

  Setting facility() {
    return setting(
        "facility", options.facility.orNull(), "OPD_FACILITY", FacilityName.MAIN.value());
  }

  Setting timeout() {
    return setting("timeout", options.timeout.orNull(), "OPD_TIMEOUT", "10");
  }

  Setting output() {
    return setting("output", options.output.orNull(), "OPD_OUTPUT", "table");
  }

  Setting actor() {
    return setting(
        "actor", options.actor.orNull(), "OPD_ACTOR", System.getProperty("user.name", "unknown"));
  }

  Setting color() {
    boolean never = !options.color.isGiven() && !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return never
        ? new Setting("color", "never", "environment NO_COLOR")
        : setting("color", options.color.orNull(), "OPD_COLOR", "auto");
  }

  /// Without a value, the facility's zone holds.
  Setting zone() {
    Setting zone = setting("zone", options.zone.orNull(), "OPD_ZONE", null);
    return zone.value() == null ? new Setting("zone", null, "the facility") : zone;
  }

  Setting log() {
    String option = options.verbose.isGiven() ? "DEBUG" : options.quiet.isGiven() ? "ERROR" : null;
    return setting("log", option, "OPD_LOG", "WARN");
  }

  Setting home() {
    return setting("home", null, "OPD_HOME", defaultHome().toString());
  }

  public List<Setting> all() {
    return List.of(
        db(), dbDirect(), facility(), timeout(), output(), actor(), color(), zone(), log(), home());
  }

  public FacilityName facilityName() {
    return new FacilityName(required(facility()));
  }

  public Actor actorName() {
    return new Actor(required(actor()));
  }

  /// @throws OpdException INVALID_INPUT for a relative path: in every folder it would be another,
  ///   and each an empty hospital
  public Path homeFolder() {
    Path home = Inputs.file(required(home()));
    if (!home.isAbsolute()) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "OPD_HOME is " + PlainText.quote(home.toString()) + ", which is no absolute path",
          "give the whole path, beginning with a slash");
    }
    return home;
  }

  /// The person's own zone, or empty for the facility's.
  ///
  /// @throws OpdException INVALID_INPUT when there is no such zone
  public Optional<ZoneId> personalZone() {
    return Optional.ofNullable(zone().value()).map(Settings::zone);
  }

  /// @throws OpdException INVALID_INPUT when there is no such zone
  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          PlainText.quote(text) + " is not a time zone",
          "give one such as Asia/Kolkata or UTC");
    }
  }

  /// Checks what results are printed by: a command whose result cannot be shown must not be carried
  /// out.
  ///
  /// @throws OpdException INVALID_INPUT
  public void checkPrinting() {
    isJson();
    useColor(false);
    personalZone();
  }

  public boolean isJson() {
    return format().equals("json");
  }

  /// Whether lists are to be CSV.
  boolean isCsv() {
    return format().equals("csv");
  }

  /// Whether that was said to this command, and is no general habit.
  boolean isCsvByOption() {
    return isCsv() && output().origin().equals("option");
  }

  /// Whether a list is shown as the command itself lays it out for people.
  public boolean isOwnTable() {
    return format().equals("table") && columns().isEmpty();
  }

  private String format() {
    return choice(output(), List.of("table", "json", "csv"));
  }

  /// The columns that a list is to have, or empty for its own.
  Optional<String> columns() {
    return options.columns.optional();
  }

  public String logLevel() {
    Setting log = log();
    String level = required(log).toUpperCase(Locale.ROOT);
    return choice(new Setting(log.name(), level, log.origin()), LEVELS);
  }

  public boolean useColor(boolean isTerminal) {
    return switch (choice(color(), List.of("auto", "always", "never"))) {
      case "always" -> true;
      case "never" -> false;
      default -> isTerminal;
    };
  }

  public Duration budget() {
    String text = required(timeout());
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= Duration.ofDays(1).toSeconds()) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw OpdException.invalid(
        "the timeout " + PlainText.quote(text) + " is not a number of seconds above 0");
  }

  public Optional<String> fromEnvironment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String choice(Setting setting, List<String> allowed) {
    String value = required(setting);
    if (!allowed.contains(value)) {
      throw OpdException.invalid(
          "%s is %s; it can be %s"
              .formatted(setting.name(), PlainText.quote(value), String.join(", ", allowed)));
    }
    return value;
  }

  private static String required(Setting setting) {
    String value = setting.value();
    if (value == null) {
      throw new IllegalStateException(setting.name() + " has no default");
    }
    return value;
  }

  private Setting setting(
      String name, @Nullable String option, String variable, @Nullable String otherwise) {
    if (option != null) {
      return new Setting(name, option, "option");
    }
    String fromEnvironment = environment.get(variable);
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return new Setting(name, fromEnvironment, "environment " + variable);
    }
    for (SettingsFile file : files) {
      String value = file.properties().getProperty(name);
      if (value != null) {
        return new Setting(name, value.strip(), file.path().toString());
      }
    }
    return new Setting(name, otherwise, "default");
  }

  private static SettingsFile read(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      // A settings file need not exist.
    } catch (IOException | IllegalArgumentException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the settings file " + path + " cannot be read",
          "mend it or its permissions, or remove it",
          e);
    }
    for (String name : properties.stringPropertyNames()) {
      checkName(path, name);
    }
    return new SettingsFile(path, properties);
  }

  /// A misspelt `db` must not quietly lead to the managed server.
  private static void checkName(Path path, String name) {
    if (!NAMES.contains(name)) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the settings file " + path + " has the unknown key " + PlainText.quote(name),
          Similar.to(name, NAMES)
              .map(similar -> "did you mean " + similar + "?")
              .orElse("keys: " + String.join(", ", NAMES)));
    }
  }

  private static Path configHome(Map<String, String> environment) {
    return folder(environment, "XDG_CONFIG_HOME", ".config");
  }

  private Path defaultHome() {
    return folder(environment, "XDG_DATA_HOME", ".local/share").resolve("opd");
  }

  private static Path folder(Map<String, String> environment, String variable, String inHome) {
    String given = environment.getOrDefault(variable, "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return given.startsWith("/") ? Path.of(given) : Path.of(home, inHome);
  }
}
