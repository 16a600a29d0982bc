using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Waybill.Infra.Tests.Images;

/// <summary>An image in an OCI layout: a tar of blobs, each under its digest, and an index that leads to manifest, config and layers.</summary>
internal sealed class Archive
{
    private const string Blobs = "blobs/sha256/";

    private readonly Dictionary<string, byte[]> _files;

    private Archive(Dictionary<string, byte[]> files)
    {
        _files = files;
        Index = Parse("index.json");
        Manifest = Blob(Digest(Index["manifests"]![0]!));
        Config = Blob(Digest(Manifest["config"]!));
        Layers = [.. Manifest["layers"]!.AsArray().Select(layer => Digest(layer!))];
    }

    public JsonNode Index { get; }

    public JsonNode Manifest { get; }

    public JsonNode Config { get; }

    /// <summary>Digests, the base's first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>By the digest that its name says.</summary>
    public IEnumerable<(string Named, byte[] Content)> AllBlobs =>
        _files.Where(file => file.Key.StartsWith(Blobs, StringComparison.Ordinal)).Select(file => ($"sha256:{file.Key[Blobs.Length..]}", file.Value));

    public string Layout => (string)Parse("oci-layout")["imageLayoutVersion"]!;

    public static async Task<Archive> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return new Archive(await ReadAsync(file));
    }

    /// <summary>What the build put on its base, by path in the container.</summary>
    public async Task<IReadOnlyList<(TarEntry Entry, byte[] Content)>> FilesAsync(string layer)
    {
        var files = new List<(TarEntry, byte[])>();
        await using var tar = new TarReader(OpenLayer(layer));

        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
            files.Add((entry, content.ToArray()));
        }

        return files;
    }

    /// <summary>As a tar.</summary>
    public Stream OpenLayer(string layer) => new GZipStream(new MemoryStream(_files[PathOf(layer)]), CompressionMode.Decompress);

    private static async Task<Dictionary<string, byte[]>> ReadAsync(Stream stream)
    {
        var files = new Dictionary<string, byte[]>();
        await using var tar = new TarReader(stream);

        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var content = new MemoryStream();
                await data.CopyToAsync(content);
                files[entry.Name] = content.ToArray();
            }
        }

        return files;
    }

    private static string Digest(JsonNode descriptor) => (string)descriptor["digest"]!;

    private static string PathOf(string digest) => Blobs + digest["sha256:".Length..];

    private JsonNode Blob(string digest) => Parse(PathOf(digest));

    private JsonNode Parse(string path) => JsonNode.Parse(_files[path])!;
}
