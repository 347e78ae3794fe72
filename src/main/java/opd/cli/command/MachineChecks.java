package opd.cli.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import opd.cli.session.CommandContext;
import opd.service.Check;

/// Whether the machine that the program runs on is as it should be.
final class MachineChecks {
  private static final int JAVA = 25;
  private static final String CACHE_OPTION = "-XX:AOTCache=";
  private static final long MEBIBYTE = 1L << 20;
  private static final long LEAST_DISK = 512 * MEBIBYTE;

  private MachineChecks() {}

  static Check java() {
    Runtime.Version version = Runtime.version();
    return Check.of(
        "java",
        version.feature() >= JAVA,
        "%s by %s".formatted(version, System.getProperty("java.vendor", "somebody")),
        JAVA + " or newer");
  }

  /// The launcher names a cache where there is one; a JVM that cannot use it says nothing.
  static Check cache() {
    boolean isNamed =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(option -> option.startsWith(CACHE_OPTION));
    boolean isUsed = isNamed && System.getProperty("java.vm.info", "").contains("sharing");
    return Check.of(
            "start-up cache",
            !isNamed || isUsed,
            isUsed ? "used" : isNamed ? "made for another Java" : "none: commands start slower",
            "one that fits, or none")
        .mendedBy("making it anew: program/aot-cache, or a build");
  }

  /// Of the managed server; of another, what its database takes is all that it tells.
  ///
  /// @param databaseBytes asks for it
  static Check disk(CommandContext context, LongSupplier databaseBytes) {
    if (context.settings().db().value() != null) {
      return Check.of(
          "disk",
          true,
          "the database takes %s; what is free only its own machine knows"
              .formatted(mebibytes(databaseBytes.getAsLong())),
          "room for it");
    }
    Path home = context.settings().homeFolder();
    try {
      FileStore disk = Files.getFileStore(home);
      long free = disk.getUsableSpace();
      return Check.of(
              "disk",
              free >= LEAST_DISK,
              "%s free for %s".formatted(mebibytes(free), home),
              "at least " + mebibytes(LEAST_DISK))
          .mendedBy("more room");
    } catch (IOException e) {
      return Check.of("disk", false, home + " cannot be looked at", "a folder with room");
    }
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes / MEBIBYTE);
  }
}
