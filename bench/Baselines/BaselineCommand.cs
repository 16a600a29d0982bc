using System.CommandLine;
using System.Text.Json;

namespace Waybill.Bench.Baselines;

/// <summary>The loop itself, as the bench starts it.</summary>
internal static class BaselineCommand
{
    public const string Name = "baseline";

    public static Command Create()
    {
        var urls = new Option<Uri[]>("--url") { CustomParser = result => [.. result.Tokens.Select(token => new Uri(token.Value))] };
        var calls = new Option<int>("--calls");
        var bytes = new Option<int>("--bytes");
        var connections = new Option<int>("--connections");
        var rate = new Option<double?>("--rate");

        var command = new Command(Name, "Only POSTs to receivers; every scenario runs it to compare.") { urls, calls, bytes, connections, rate };
        command.Hidden = true;

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loop = new BareLoop(parsed.GetValue(urls)!, parsed.GetValue(bytes), parsed.GetValue(connections));
            var figures = await loop.RunAsync(parsed.GetValue(calls), parsed.GetValue(rate), cancellationToken);

            Console.WriteLine(JsonSerializer.Serialize(figures));
        });

        return command;
    }
}
