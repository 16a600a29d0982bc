using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Waybill.DeliveryWorker.Egress;

namespace Waybill.DeliveryWorker.Tests.Egress;

public sealed class OnlyWayOutTests
{
    /// <summary>What opens connections. The status client and the SQS client are made outside this project and go to configured endpoints only.</summary>
    private static readonly string[] WaysOut =
        ["HttpClient", "HttpMessageInvoker(", "SocketsHttpHandler", "HttpClientHandler", "IHttpClientFactory", "WebRequest", "TcpClient", "new Socket(", "Dns.", "QuicConnection", "ClientWebSocket"];

    private static readonly string[] Allowed = ["GuardedHandler.cs", "GuardedConnector.cs", "EgressExtensions.cs"];

    /// <summary>Resolver, handler and socket are used in the folder Egress; the others open nothing.</summary>
    private static readonly string[] KnownTypes =
    [
        "AuthenticatedStream", "ByteArrayContent", "DelegatingHandler", "Dns", "DnsEndPoint", "EndPoint", "HeaderEncodingSelector`1",
        "HttpContent", "HttpMessageHandler",
        "HttpMessageInvoker", "HttpMethod", "HttpRequestMessage", "HttpRequestOptions", "HttpRequestOptionsKey`1", "HttpResponseMessage",
        "HttpVersion", "IPAddress", "IPEndPoint", "NetworkStream", "Socket", "SocketsHttpConnectionContext",
        "SocketsHttpHandler", "SocketsHttpPlaintextStreamFilterContext", "SslClientAuthenticationOptions", "TransportContext",
    ];

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

    /// <summary>The same seen from the other side: what of the platform's network the compiled worker knows, but headers, enums and exceptions.</summary>
    [Fact]
    public void The_worker_knows_no_other_type_of_the_network_than_these()
    {
        using var file = new PEReader(File.OpenRead(typeof(GuardedHandler).Assembly.Location));
        var metadata = file.GetMetadataReader();

        var known =
            from handle in metadata.TypeReferences
            let type = metadata.GetTypeReference(handle)
            let space = metadata.GetString(type.Namespace)
            let name = metadata.GetString(type.Name)
            where space.StartsWith("System.Net", StringComparison.Ordinal) && space != "System.Net.Http.Headers"
            where !IsHarmless($"{space}.{name}, {AssemblyOf(metadata, type)}")
            select name;

        Assert.Equal(KnownTypes, known.Order(StringComparer.Ordinal));
    }

    private static bool IsHarmless(string name)
    {
        var type = Type.GetType(name, throwOnError: true)!;
        return type.IsEnum || type.IsAssignableTo(typeof(Exception));
    }

    private static string AssemblyOf(MetadataReader metadata, TypeReference type) =>
        metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);

    private static string WorkerSources([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../src/DeliveryWorker"));
}
