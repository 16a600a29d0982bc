using System.CommandLine;
using System.Net;
using Waybill.Client;

namespace Waybill.Cli;

/// <summary>Runs a command with a client, and turns what goes wrong into one message and an exit code.</summary>
internal static class CommandRunner
{
    public static void Run(this Command command, ConnectionOptions connection, Func<CommandContext, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = new HttpClient();
            var context = new CommandContext(parsed, connection.Client(parsed, http), new Output.Printer(connection.AsJson(parsed)), cancellationToken);

            try
            {
                return await run(context);
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
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"No answer within {http.Timeout.TotalSeconds:0} seconds.");
                return ExitCode.Unavailable;
            }
        });

    private static string Describe(WaybillProblemException exception) =>
        exception.Problem.TraceId is { } trace ? $"{exception.Problem} (trace {trace})" : exception.Problem.ToString();

    /// <summary>Whether the same may succeed later.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}

/// <summary>What a command works with.</summary>
internal sealed record CommandContext(ParseResult Parsed, WaybillClient Client, Output.Printer Printer, CancellationToken CancellationToken);

/// <summary>Something that was given cannot be used; the message says what and what is allowed.</summary>
internal sealed class InputException(string message) : Exception(message);
