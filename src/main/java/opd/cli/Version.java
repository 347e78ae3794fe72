package opd.cli;

import picocli.CommandLine.IVersionProvider;

/// What `opd --version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"opd " + (version == null ? "(not packaged)" : version)};
  }
}
