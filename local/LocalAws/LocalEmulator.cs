using System.Diagnostics;

namespace Waybill.LocalAws;

/// <summary>One emulator process on one loopback port. It can be stopped, killed and started again; the port stays the same.</summary>
public sealed class LocalEmulator : IAsyncDisposable
{
    private const int PortTries = 5;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _name;
    private readonly Func<ProcessStartInfo> _command;
    private readonly Uri _health;

    private EmulatorProcess? _running;

    /// <param name="name">As messages call it.</param>
    /// <param name="port">The loopback port that <paramref name="command"/> listens on.</param>
    /// <param name="healthPath">Answers GET with 200 once the emulator serves.</param>
    /// <param name="command">Makes the command anew for every start.</param>
    internal LocalEmulator(string name, int port, string healthPath, Func<ProcessStartInfo> command)
    {
        _name = name;
        _command = command;
        Endpoint = new Uri($"http://127.0.0.1:{port}");
        _health = new Uri(Endpoint, healthPath);
    }

    /// <summary>What AWS calls the service URL. Stays the same over restarts.</summary>
    public Uri Endpoint { get; }

    /// <summary>Null while stopped or killed.</summary>
    public int? ProcessId => _running?.Id;

    /// <summary>A port found free may be taken before the emulator listens on it, so another one is tried.</summary>
    internal static async Task<LocalEmulator> StartOnFreePortAsync(Func<int, LocalEmulator> create, CancellationToken cancellationToken)
    {
        for (var left = PortTries; ; left--)
        {
            var emulator = create(LoopbackPort.Pick());

            try
            {
                await emulator.StartAsync(cancellationToken);
                return emulator;
            }
            catch (LocalToolsException error) when (error.PortWasTaken && left > 1)
            {
                // Tried again with another port.
            }
        }
    }

    /// <summary>Starts the process and waits until it serves; does nothing when it is running.</summary>
    /// <exception cref="LocalToolsException">It ended at once or did not serve in time; the message holds what it printed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_running is not null)
        {
            return;
        }

        _running = EmulatorProcess.Start(_command());

        try
        {
            await WaitUntilServingAsync(_running, cancellationToken);
        }
        catch
        {
            await KillAsync();
            throw;
        }
    }

    /// <summary>Asks it to end (SIGTERM) and waits; kills it when that takes longer than five seconds.</summary>
    public async Task StopAsync()
    {
        if (_running is null)
        {
            return;
        }

        await _running.EndAsync(StopDeadline);
        _running = null;
    }

    /// <summary>Ends it without warning, as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_running is null)
        {
            return;
        }

        await _running.KillAsync();
        _running = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task WaitUntilServingAsync(EmulatorProcess process, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(2) };
        var watch = Stopwatch.StartNew();

        // Its own word that it listens is needed as well: the port might be served by a stranger.
        while (!process.Printed.Any(line => line.Contains(" listening on ", StringComparison.Ordinal)) || !await AnswersAsync(http, cancellationToken))
        {
            if (process.HasExited)
            {
                await process.DrainAsync();

                throw new LocalToolsException(
                    $"The {_name} emulator on {Endpoint} ended at its start (exit code {process.ExitCode}). It printed:" +
                    Environment.NewLine + process.Printed)
                {
                    PortWasTaken = process.Printed.Any(line => line.Contains("in use", StringComparison.Ordinal)),
                };
            }

            if (watch.Elapsed > StartDeadline)
            {
                throw new LocalToolsException(
                    $"The {_name} emulator did not answer {_health} within {StartDeadline.TotalSeconds:0} s. It printed:" +
                    Environment.NewLine + process.Printed);
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(_health, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
