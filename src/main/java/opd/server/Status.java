package opd.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is known about the managed server without asking it.
///
/// @param home the folder in which it lives
/// @param endpoint null unless it is running
/// @param pid the process of the running server, else null
/// @param serverVersion as `18.6`, or only `18` when no binaries of that version are unpacked; null
///   when nothing is set up
public record Status(
    State state,
    Path home,
    @Nullable Endpoint endpoint,
    @Nullable Long pid,
    @Nullable String serverVersion) {

  /// The life of the server on this machine: set up once, then started and stopped.
  public enum State {
    NOT_SET_UP,
    STOPPED,
    RUNNING
  }
}
