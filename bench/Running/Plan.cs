using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Running;

/// <summary>A scenario with the options of the command line put in.</summary>
/// <param name="Repeat">Runs, each on a Waybill of its own.</param>
/// <param name="Output">Folder for the JSON and the charts.</param>
internal sealed record Plan(Scenario Scenario, int Repeat, DirectoryInfo Output);
