using System.CommandLine;
using Waybill.Bench.Baselines;
using Waybill.Bench.Comparing;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;

var root = new RootCommand("Starts Waybill with its backends, offers it a load and measures what becomes of it. Run it as Release.");

foreach (var scenario in AllScenarios.List)
{
    root.Subcommands.Add(ScenarioCommand.Of(scenario));
}

root.Subcommands.Add(FanOut.Create());
root.Subcommands.Add(DeadHosts.Create());
root.Subcommands.Add(PacedHost.Create());
root.Subcommands.Add(Paced.Create());
root.Subcommands.Add(Cold.Create());
root.Subcommands.Add(Questions.Create());
root.Subcommands.Add(CompareCommand.Create());
root.Subcommands.Add(IdleCommand.Create());
root.Subcommands.Add(BaselineCommand.Create());

return await root.Parse(args).InvokeAsync();
