package opd.cli.session;

import java.util.function.Consumer;
import opd.store.connection.FacilityConnection;

/// Says that the connection was lost, once, and that it is there again.
public record ConnectionNotices(Consumer<String> progress) implements FacilityConnection.Listener {
  @Override
  public void lost() {
    progress.accept("the connection to the database was lost; making a new one");
  }

  @Override
  public void restored() {
    progress.accept("connected to the database again");
  }
}
