using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>A reader who types what docs/endpoints.md prints, as it is: only the ports and the tenant are others, and the folder where answers are kept.</summary>
internal sealed class TypedTour(WaybillFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _kept = new();
    private readonly List<string> _typed = [];
    private readonly int _nobody = LoopbackPort.Pick();

    /// <summary>Its own, so that what others typed takes no event of this one.</summary>
    private readonly string _tenant = $"acme-{Guid.NewGuid():N}";

    /// <summary>Of the receiver of the shop.</summary>
    public int Shop { get; } = LoopbackPort.Pick();

    /// <summary>Of the receiver of callbacks.</summary>
    public int Callbacks { get; } = LoopbackPort.Pick();

    /// <summary>Each block once.</summary>
    public IEnumerable<string> Typed => _typed.Distinct(StringComparer.Ordinal);

    public void Dispose() => _kept.Dispose();

    /// <summary>Types what asks until the answer is as expected.</summary>
    public Task<JsonElement> BecomesAsync(PrintedTour printed, string part, Func<JsonElement, bool> expected) =>
        Eventually.BecomesAsync(() => TypeAsync(printed, part), expected, Deadlines.State);

    public Task<JsonElement> TypeAsync(PrintedTour printed, string part) => Shell.AnswerAsync(Take(printed, part));

    /// <returns>The one block that has that part, as it has to be here.</returns>
    public string Take(PrintedTour printed, string part)
    {
        var command = printed.With(part);
        _typed.Add(command);

        return command
            .Replace("http://localhost:5101/", fixture.IntakeUrl.ToString(), StringComparison.Ordinal)
            .Replace("http://localhost:5102/", fixture.StatusUrl.ToString(), StringComparison.Ordinal)
            .Replace("http://localhost:5199/", fixture.Receiver.Url("/"), StringComparison.Ordinal)
            .Replace("acme", _tenant, StringComparison.Ordinal)
            .Replace(":5198/", $":{Shop}/", StringComparison.Ordinal)
            .Replace(":5197/", $":{_nobody}/", StringComparison.Ordinal)
            .Replace(":5196/", $":{Callbacks}/", StringComparison.Ordinal)
            .Replace("PORT=5196", $"PORT={Callbacks}", StringComparison.Ordinal)
            .Replace("./.waybill/", $"{_kept.Path}/", StringComparison.Ordinal)
            .Replace(".waybill/", $"{_kept.Path}/", StringComparison.Ordinal);
    }
}
