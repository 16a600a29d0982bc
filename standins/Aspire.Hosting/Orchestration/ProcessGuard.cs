using System.Diagnostics;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A shell that outlives the AppHost just long enough to end its children, however the AppHost itself ended (kill -9).
/// It is told of each process group, and sees the end of the AppHost as the end of its input.
/// </summary>
internal sealed class ProcessGuard
{
    // 50 times 0.2 s: as long as the AppHost would wait itself would be too long for somebody who starts it anew.
    private const string Script =
        """
        trap '' INT TERM HUP
        groups=''
        while read -r line; do
          case $line in
            +*) groups="$groups ${line#+}" ;;
            -*) kept=''
                for group in $groups; do [ "$group" = "${line#-}" ] || kept="$kept $group"; done
                groups=$kept ;;
          esac
        done
        for group in $groups; do kill -TERM "-$group" 2>/dev/null; done
        tries=0
        while [ $tries -lt 50 ]; do
          alive=''
          for group in $groups; do kill -0 "-$group" 2>/dev/null && alive=yes; done
          [ -z "$alive" ] && exit 0
          sleep 0.2
          tries=$((tries + 1))
        done
        for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private Process? _shell;

    public void Add(int groupId) => Tell($"+{groupId}");

    public void Remove(int groupId) => Tell($"-{groupId}");

    public async Task StopAsync()
    {
        if (_shell is { } shell)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync().ConfigureAwait(false);
            shell.Dispose();
        }
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            _shell ??= StartShell();
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }

    private static Process StartShell() =>
        Process.Start(new ProcessStartInfo(SessionLauncher.Path)
        {
            ArgumentList = { "/bin/sh", "-c", Script },
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
}
