package opd.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Under which identity the server's programs run. PostgreSQL refuses root, so root needs one of
/// the two other ways.
sealed interface Privileges {
  /// The command that runs `program` under this identity, in one process: each step replaces the
  /// one before it.
  List<String> wrap(List<String> program);

  /// Gives a new, empty folder to this identity.
  void adopt(Path folder) throws IOException;

  /// An ordinary user, as is.
  record Plain() implements Privileges {
    @Override
    public List<String> wrap(List<String> program) {
      return program;
    }

    @Override
    public void adopt(Path folder) {}
  }

  /// Root in a user namespace without a mapping: to itself and its files it appears as `nobody`,
  /// while the kernel still sees their owner, so the data stays root's.
  record OwnNamespace() implements Privileges {
    @Override
    public List<String> wrap(List<String> program) {
      return joined(List.of("unshare", "--user"), program);
    }

    @Override
    public void adopt(Path folder) {}
  }

  /// Root switching to another account, which owns the data.
  ///
  /// @param reach how that account gets through folders that are closed to it, such as /root
  record OtherAccount(int user, int group, Reach reach) implements Privileges {
    @Override
    public List<String> wrap(List<String> program) {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
      command.addAll(reach.options());
      return joined(command, program);
    }

    @Override
    public void adopt(Path folder) throws IOException {
      Files.setAttribute(folder, "unix:gid", group);
      Files.setAttribute(folder, "unix:uid", user);
    }
  }

  /// The least that lets an account reach its data, tried in this order. Containers seldom grant
  /// the capability to read everything, but commonly the one to override permissions.
  enum Reach {
    PLAIN(""),
    READ_ANYWHERE("dac_read_search"),
    OVERRIDE("dac_override");

    private final String capability;

    Reach(String capability) {
      this.capability = capability;
    }

    // initdb asks access(2) whether it may run its companions. That call drops the capabilities of
    // a user other than root, unless this bit is set.
    List<String> options() {
      return capability.isEmpty()
          ? List.of()
          : List.of(
              "--securebits=+no_setuid_fixup",
              "--inh-caps=+" + capability,
              "--ambient-caps=+" + capability);
    }
  }

  private static List<String> joined(List<String> prefix, List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return List.copyOf(command);
  }
}
