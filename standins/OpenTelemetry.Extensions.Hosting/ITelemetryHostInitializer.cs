namespace OpenTelemetry;

/// <summary>For hosts that run no hosted services: resolve it and call it once the container is built.</summary>
public interface ITelemetryHostInitializer
{
    void Initialize();
}
