using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Memory;

/// <summary>Runs in a process of its own, which holds nothing but the attempts: makes many at a time and says what they cost.</summary>
internal static class MemoryProbe
{
    private const int TimeoutSeconds = 3;

    /// <param name="arguments">The URL, how many attempts are made at a time, and the file of a certificate to trust, or nothing.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var url, var count, var certificate])
        {
            await Console.Error.WriteLineAsync("URL COUNT CERTIFICATE");
            return 2;
        }

        using var attempt = certificate.Length == 0
            ? new TestAttempt()
            : new TestAttempt(tls: TlsServer.Trusting(X509CertificateLoader.LoadCertificateFromFile(certificate)));

        Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(attempt, url, int.Parse(count, CultureInfo.InvariantCulture))));
        return 0;
    }

    private static async Task<MemoryUse> MeasureAsync(TestAttempt attempt, string url, int count)
    {
        // What is compiled and cached once is no attempt's.
        await attempt.PostAsync(url, TimeoutSeconds);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => attempt.PostAsync(url, TimeoutSeconds)));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        var codes = outcomes.Select(outcome => outcome.Classification.ErrorCode ?? "success").Distinct();
        return new MemoryUse(allocated / count, string.Join(' ', codes));
    }
}
