package opd.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// The passwords of the cluster, random, in a file that only its owner can read.
record Secrets(String administrator, String desk) {
  private static final int PASSWORD_BYTES = 24;
  private static final Set<PosixFilePermission> FOR_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
  // The letters that need no quoting in SQL and in URLs.
  private static final Pattern CONTENT =
      Pattern.compile(
          "(?:#.*\\R)*administrator=([A-Za-z0-9_-]{16,})\\Rdesk=([A-Za-z0-9_-]{16,})\\s*");

  /// Makes a new file, complete and on the disk before it has its name.
  static Secrets create(Path file) throws IOException {
    SecureRandom random = new SecureRandom();
    Secrets secrets = new Secrets(password(random), password(random));
    String content =
        "# Passwords of the local PostgreSQL beside this file. Without them it cannot be opened.\n"
            + "administrator="
            + secrets.administrator
            + "\ndesk="
            + secrets.desk
            + "\n";
    Path partial = Home.partial(file);
    try (FileChannel channel =
        FileChannel.open(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Home.OWNER_ONLY_FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Home.publish(partial, file);
    return secrets;
  }

  /// Those of a data folder that was moved away are kept: it may come back.
  static Secrets readOrCreate(Path file) throws IOException {
    return Files.exists(file) ? read(file) : create(file);
  }

  /// Fails with a clear message when the file is missing, garbled, or open to others.
  static Secrets read(Path file) throws IOException {
    String content;
    try {
      refuseOthers(file);
      content = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw lost("The password file " + file + " of the local PostgreSQL is missing.", file);
    }
    Matcher matcher = CONTENT.matcher(content);
    if (!matcher.matches()) {
      throw lost("The password file " + file + " of the local PostgreSQL is garbled.", file);
    }
    return new Secrets(matcher.group(1), matcher.group(2));
  }

  Endpoint endpoint(int port) {
    return new Endpoint(
        port,
        Endpoint.DATABASE,
        new Login(Endpoint.ADMINISTRATOR, administrator),
        new Login(Endpoint.DESK, desk));
  }

  @Override
  public String toString() {
    return "Secrets[***]";
  }

  private static String password(SecureRandom random) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void refuseOthers(Path file) throws IOException {
    for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
      if (FOR_OTHERS.contains(permission)) {
        throw new OpdException(
            ErrorCode.ACCESS_DENIED,
            "The password file " + file + " of the local PostgreSQL is open to other users.",
            "Close it with: chmod 600 '" + file + "'");
      }
    }
  }

  private static OpdException lost(String message, Path file) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        message,
        "Put the file back from a backup; or, to begin with an empty database, move the folder "
            + file.resolveSibling("")
            + " out of the way.");
  }
}
