package opd.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.ExternalDatabase;
import opd.cli.session.Given;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import picocli.CommandLine;

/// What a shell needs to complete words.
final class CompletionCommand {
  private final CommandContext context;
  private final Given<String> what = Given.argument("bash|zsh|values");

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "completion",
            "Print the completion script for a shell; with it TAB completes commands, options,"
                + " doctors, today's slots and tokens.",
            "'completion values' prints the values that the script looks up in the background: no"
                + " patient is named among them.")
        .examples(
            "mkdir -p ~/.local/share/bash-completion/completions",
            "opd completion bash > ~/.local/share/bash-completion/completions/opd",
            "opd completion zsh > ~/.zfunc/_opd    # a folder of your fpath")
        .takes(what)
        .does(this::print);
  }

  private int print() {
    PrintWriter out = context.surroundings().out();
    switch (what.get()) {
      case "bash", "zsh" -> out.print(CompletionScript.of(CommandTree.of(context), what.get()));
      case "values" -> values(out);
      default -> throw CommandContext.usage("say bash, zsh or values");
    }
    out.flush();
    return ExitStatus.DONE.code();
  }

  private void values(PrintWriter out) {
    boolean isReachable =
        ExternalDatabase.in(context.settings(), context.settings().facilityName()).isPresent()
            || context.server().running().isPresent();
    if (!isReachable) {
      // A TAB starts no database.
      return;
    }
    context
        .desk()
        .doctors()
        .list()
        .forEach(doctor -> line(out, "doctor", doctor.code(), doctor.name().value()));
    List<SlotQueue> queues =
        context.desk().queues().list(Optional.empty(), context.desk().today(), true);
    for (SlotQueue queue : queues) {
      Slot slot = queue.slot();
      String label = slot.label().shortText();
      if (slot.status().isOpen()) {
        line(out, "slot", label, "%d of %d free".formatted(slot.free(), slot.capacity()));
      }
      queue.tokens().stream()
          .map(view -> view.token())
          .filter(CompletionCommand::isChangeable)
          .forEach(token ->
              line(out, "token", "%s-%02d".formatted(label, token.sequence()), text(token)));
    }
  }

  private static boolean isChangeable(Token token) {
    return switch (token.status()) {
      case ACTIVE, DISPLACED -> true;
      case CANCELLED, NO_SHOW, COMPLETED -> false;
    };
  }

  private static String text(Token token) {
    String priority = token.priority().name();
    return token.status() == TokenStatus.ACTIVE ? priority : priority + " " + token.status();
  }

  private static void line(PrintWriter out, String kind, Object value, String text) {
    out.println(kind + " " + value + " " + text);
  }
}
