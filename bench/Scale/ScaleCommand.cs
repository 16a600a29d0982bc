using System.CommandLine;
using Waybill.TestSupport;

namespace Waybill.Bench.Scale;

/// <summary>What 1,000 to 100,000 notifications a second need, computed and simulated: no service is started.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var update = new Option<bool>("--update") { Description = "Also put the tables into docs/scale.md." };
        var command = new Command("scale", "On paper and by simulation: needs, limits and cost at 1,000, 10,000 and 100,000 a second.") { update };

        var options = new ScaleOptions();
        options.AddTo(command);

        command.SetAction(parsed =>
        {
            var tables = ScaleReport.Tables(options.Inputs(parsed));

            foreach (var table in tables)
            {
                Console.WriteLine($"{table.Name}\n\n{string.Join('\n', table.Lines)}\n");
            }

            if (parsed.GetValue(update))
            {
                var path = Path.Combine(Repository.Root, "docs", "scale.md");
                File.WriteAllText(path, ScaleDocument.With(tables, File.ReadAllText(path)));
            }
        });

        return command;
    }
}
