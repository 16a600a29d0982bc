using System.Runtime.CompilerServices;

namespace Waybill.DeliveryWorker.Tests.Egress;

public sealed class OnlyWayOutTests
{
    /// <summary>What opens connections. The status client and the SQS client are made outside this project and go to configured endpoints only.</summary>
    private static readonly string[] WaysOut =
        ["HttpClient", "HttpMessageInvoker(", "SocketsHttpHandler", "HttpClientHandler", "IHttpClientFactory", "WebRequest", "TcpClient", "new Socket(", "Dns.", "QuicConnection", "ClientWebSocket"];

    private static readonly string[] Allowed = ["GuardedHandler.cs", "GuardedConnector.cs", "EgressExtensions.cs"];

    [Fact]
    public void Nothing_but_the_egress_folder_can_open_a_connection()
    {
        var found =
            from file in Directory.EnumerateFiles(WorkerSources(), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            where !(Path.GetFileName(Path.GetDirectoryName(file)) == "Egress" && Allowed.Contains(Path.GetFileName(file)))
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("///", StringComparison.Ordinal)
            from way in WaysOut
            where line.Contains(way, StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.Empty(found);
    }

    private static string WorkerSources([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../src/DeliveryWorker"));
}
