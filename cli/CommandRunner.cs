using System.CommandLine;
using System.Globalization;
using System.Net;
using Spectre.Console;
using Waybill.Client;

namespace Waybill.Cli;

/// <summary>Runs a command with a client, and turns what goes wrong into one message and an exit code.</summary>
internal static class CommandRunner
{
    private const int QuietAttempts = 2;

    private static readonly TimeSpan QuietPause = TimeSpan.FromSeconds(3);

    public static void Run(this Command command, ConnectionOptions connection, Func<CommandContext, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = new HttpClient();
            var printer = new Output.Printer(connection.AsJson(parsed));

            try
            {
                var client = connection.Client(parsed, http, notice => Tell(printer, notice));
                return await run(new CommandContext(parsed, client, printer, cancellationToken));
            }
            catch (WaybillProblemException exception)
            {
                await Console.Error.WriteLineAsync(Describe(exception));
                return IsPassing(exception.StatusCode) ? ExitCode.Unavailable : ExitCode.Refused;
            }
            catch (InputException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Refused;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A file of the user's: what is read from services is an HttpRequestException.
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Refused;
            }
            catch (HttpRequestException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Unavailable;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });

    /// <summary>What is over in a moment is no news.</summary>
    private static void Tell(Output.Printer printer, RetryNotice notice)
    {
        if (notice.Attempt > QuietAttempts || notice.Pause > QuietPause)
        {
            printer.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notice.Reason}. Trying again in {notice.Pause.TotalSeconds:0.0} s."));
        }
    }

    private static string Describe(WaybillProblemException exception) =>
        exception.Problem.TraceId is { } trace ? $"{exception.Problem} (trace {trace})" : exception.Problem.ToString();

    /// <summary>Whether the same may succeed later.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}

/// <summary>What a command works with.</summary>
internal sealed record CommandContext(ParseResult Parsed, WaybillClient Client, Output.Printer Printer, CancellationToken CancellationToken);

/// <summary>Something that was given cannot be used; the message says what and what is allowed.</summary>
internal sealed class InputException(string message) : Exception(message);
