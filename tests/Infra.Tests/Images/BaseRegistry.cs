using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.Infra.Tests.Images;

/// <summary>
/// A container registry on a loopback port with one image of two files, in the place of the base, which is hundreds of megabytes away: what the SDK makes on top
/// of it is the same. Speaks the part of the OCI distribution specification that reads.
/// </summary>
internal sealed class BaseRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";

    private readonly WebApplication _server;

    private BaseRegistry(WebApplication server, int port, string layer)
    {
        _server = server;
        Image = $"localhost:{port}/dotnet/aspnet:10.0-noble-chiseled";
        Layer = layer;
    }

    /// <summary>For <c>ContainerBaseImage</c>.</summary>
    public string Image { get; }

    /// <summary>The digest of the base's only layer.</summary>
    public string Layer { get; }

    public static async Task<BaseRegistry> StartAsync()
    {
        var tar = LayerWith(("etc/passwd", "root:x:0:0::/root:\napp:x:1654:1654::/home/app:\n"), ("etc/group", "root:x:0:\napp:x:1654:\n"));
        var layer = Zipped(tar);
        var config = Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/bin", "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_RUNNING_IN_CONTAINER=true" } },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(tar) } },
        });
        var manifest = Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = Descriptor(ConfigType, config),
            layers = new[] { Descriptor(LayerType, layer) },
        });

        var blobs = new Dictionary<string, (string Type, byte[] Content)>
        {
            [Digest(manifest)] = (ManifestType, manifest),
            ["10.0-noble-chiseled"] = (ManifestType, manifest),
            [Digest(config)] = (ConfigType, config),
            [Digest(layer)] = (LayerType, layer),
        };

        var port = LoopbackPort.Pick();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        var server = builder.Build();
        server.MapGet("/v2/", () => "{}");
        server.MapMethods("/v2/dotnet/aspnet/{kind}/{reference}", ["GET", "HEAD"], (string reference) => Answer(blobs, reference));
        await server.StartAsync();

        return new BaseRegistry(server, port, Digest(layer));
    }

    public static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static IResult Answer(Dictionary<string, (string Type, byte[] Content)> blobs, string reference) =>
        blobs.TryGetValue(reference, out var blob) ? Results.Bytes(blob.Content, blob.Type) : Results.NotFound();

    private static object Descriptor(string mediaType, byte[] content) => new { mediaType, digest = Digest(content), size = content.Length };

    private static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private static byte[] LayerWith(params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();

        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return stream.ToArray();
    }

    private static byte[] Zipped(byte[] content)
    {
        using var stream = new MemoryStream();

        using (var zip = new GZipStream(stream, CompressionMode.Compress))
        {
            zip.Write(content);
        }

        return stream.ToArray();
    }
}
