using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Client;

namespace Waybill.Cli.Commands;

internal static class ExportCommand
{
    private const string StandardOutput = "-";

    public static Command Create(ConnectionOptions connection)
    {
        var from = Times.Option("--from", "Created then or later; a day before --to by default, and any time with --correlation-id; otherwise at most 366 days before it.");
        var to = Times.Option("--to", "Created before; now by default.");
        var filters = new FilterOptions();
        var format = new Option<ExportFormat>("--format") { Description = "ndjson, a notification a line, by default; or csv, with a header line." };

        var output = new Option<string>("--output", "-o")
        {
            Description = "File to write, which is there once it is whole; - for standard output, the default.",
            DefaultValueFactory = _ => StandardOutput,
        };

        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var progress = new Option<bool>("--progress") { Description = "Tell how far it is, also where standard error is no terminal." };

        var command = new Command("export", "Writes all notifications of a window of time, however many, in the order of the list.")
        {
            from, to, format, output, force, progress,
        };

        filters.AddTo(command);
        format.AcceptOnlyFromAmong("ndjson", "csv");
        output.Validators.Add(result =>
        {
            if (result.GetValue(output) is "")
            {
                result.AddError("--output must be a file or -.");
            }
        });

        command.Run(connection, context =>
        {
            var parsed = context.Parsed;
            var path = parsed.GetValue(output)!;

            return Exporting.RunAsync(context, new ExportOrder
            {
                Filter = filters.Filter(parsed) with { From = parsed.GetValue(from), To = parsed.GetValue(to) },
                Format = parsed.GetValue(format),
                File = path == StandardOutput ? null : path,
                Overwrites = parsed.GetValue(force),
                TellsProgress = parsed.GetValue(progress) || IsWatched(toFile: path != StandardOutput),
            });
        });

        return command;
    }

    /// <summary>Somebody sees standard error, and not the export itself in between.</summary>
    private static bool IsWatched(bool toFile) => !Console.IsErrorRedirected && (toFile || Console.IsOutputRedirected);
}
