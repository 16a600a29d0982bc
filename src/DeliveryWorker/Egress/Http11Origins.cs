using System.Collections.Concurrent;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>Receivers that offered HTTP/2 and then asked for HTTP/1.1. Kept for this process, and forgotten all together when there are too many.</summary>
internal sealed class Http11Origins
{
    /// <summary>HTTP_1_1_REQUIRED of RFC 9113, section 7.</summary>
    public const long Required = 0xd;

    private const int Most = 4_096;

    private readonly ConcurrentDictionary<(string Host, int Port), byte> _origins = new();

    public bool Contains(Uri url) => !_origins.IsEmpty && _origins.ContainsKey(KeyOf(url));

    public void Add(Uri url)
    {
        if (_origins.Count >= Most)
        {
            _origins.Clear();
        }

        _origins.TryAdd(KeyOf(url), 0);
    }

    private static (string Host, int Port) KeyOf(Uri url) => (url.IdnHost, url.Port);
}
