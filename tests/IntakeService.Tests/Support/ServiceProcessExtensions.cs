using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

internal static class ServiceProcessExtensions
{
    /// <summary>Waits until it has printed a text; what it printed long ago may be forgotten.</summary>
    public static Task PrintsAsync(this ServiceProcess process, string text) =>
        Eventually.BecomesAsync(() => Task.FromResult(process.Printed), printed => printed.Contains(text, StringComparison.Ordinal));
}
