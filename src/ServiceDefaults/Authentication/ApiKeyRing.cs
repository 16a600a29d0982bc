using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>
/// The keys that are accepted just now. They follow the configuration while the service runs; one that cannot be used is reported,
/// and the keys stay as they were, so that a slip in a settings file locks nobody out.
/// </summary>
internal sealed partial class ApiKeyRing : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<ApiKeyRing> _logger;
    private readonly IDisposable _changes;
    private volatile HashedKey[] _keys;

    /// <exception cref="OptionsValidationException">The configuration cannot be used; the message names each setting that is wrong.</exception>
    public ApiKeyRing(IConfiguration configuration, TimeProvider time, ILogger<ApiKeyRing> logger)
    {
        _configuration = configuration;
        _time = time;
        _logger = logger;
        _keys = Read();
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <param name="presented">The key as it was presented.</param>
    /// <returns>Null for one that is unknown or has expired.</returns>
    public ApiKey? Find(string presented)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);

        var now = _time.GetUtcNow();
        ApiKey? found = null;

        // Every key is looked at, whichever matches, so that the time taken tells nothing.
        foreach (var (key, expected) in _keys)
        {
            var matches = CryptographicOperations.FixedTimeEquals(hash, expected);
            found = matches && IsAccepted(key, now) ? key : found;
        }

        return found;
    }

    /// <summary>Those that are accepted just now.</summary>
    public IEnumerable<ApiKey> Named(string name)
    {
        var now = _time.GetUtcNow();
        return _keys.Select(hashed => hashed.Key).Where(key => key.Name == name && IsAccepted(key, now));
    }

    public void Dispose() => _changes.Dispose();

    private static bool IsAccepted(ApiKey key, DateTimeOffset now) => key.ExpiresAt is null || key.ExpiresAt > now;

    private HashedKey[] Read()
    {
        var options = ApiKeyConfiguration.Read(_configuration.GetSection(ApiKeyOptions.SectionName));
        return [.. options.Keys.Select(key => new HashedKey(key, Convert.FromHexString(key.Sha256)))];
    }

    private void Reload()
    {
        try
        {
            _keys = Read();
            Log.Reloaded(_logger, _keys.Length);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // Of a value that cannot be read only the inner exception says where it is.
            Log.NotReloaded(_logger, exception.InnerException?.Message ?? exception.Message);
        }
    }

    private sealed record HashedKey(ApiKey Key, byte[] Sha256);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The configuration has changed; {Count} API keys are accepted.")]
        public static partial void Reloaded(ILogger logger, int count);

        [LoggerMessage(LogLevel.Error, "The API keys stay as they were, as the changed configuration cannot be used. {Reason}")]
        public static partial void NotReloaded(ILogger logger, string reason);
    }
}
