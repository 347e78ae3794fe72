package opd.simulation.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// A file that a long run ends with. That it can be written is known before the run, and a reader
/// never sees half of it: it is written beside its place and then moved there.
public final class ReportFile implements AutoCloseable {
  private final Path place;
  private final Path draft;

  private ReportFile(Path place, Path draft) {
    this.place = place;
    this.draft = draft;
  }

  /// Writes what belongs into the file.
  @FunctionalInterface
  public interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /// @throws OpdException INVALID_INPUT when no file can be written there
  public static ReportFile at(Path path) {
    try {
      Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
      if (Files.exists(place) && !(Files.isRegularFile(place) && Files.isWritable(place))) {
        throw unwritable(
            path, Files.isDirectory(place) ? "it is a folder" : "it is not a file one may write");
      }
      Path folder = place.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw unwritable(path, "there is no folder " + PlainText.quote("" + folder));
      }
      Path draft = folder.resolve("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
      Files.createFile(draft);
      // Also when the run is interrupted.
      draft.toFile().deleteOnExit();
      return new ReportFile(place, draft);
    } catch (IOException e) {
      throw unwritable(path, reason(e));
    }
  }

  private static String reason(IOException fault) {
    return switch (fault) {
      case AccessDeniedException _ -> "its folder may not be written to";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      // Such as a full disk, in the system's words.
      default -> Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName());
    };
  }

  /// What made the writing fail, or empty where it was something else.
  private static Optional<IOException> fault(Throwable failure) {
    for (Throwable inner = failure.getCause(); inner != null; inner = inner.getCause()) {
      if (inner instanceof IOException fault) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private static OpdException unwritable(Path path, String why) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the file " + PlainText.quote(path.toString()) + " cannot be written: " + why,
        "name a file in a folder that exists, that you may write to, and that has room");
  }

  /// Writes the whole file and moves it to its place.
  public void write(Content content) {
    try {
      try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
        content.writeTo(out);
      }
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(place, reason(e));
    } catch (OpdException e) {
      // Also where a connection was lost.
      throw e;
    } catch (RuntimeException e) {
      // As templates pass it on.
      throw fault(e).map(fault -> unwritable(place, reason(fault))).orElseThrow(() -> e);
    }
  }

  /// Leaves nothing behind when nothing was written.
  @Override
  public void close() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // It is deleted when the program ends, or it cannot be.
    }
  }
}
