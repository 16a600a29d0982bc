namespace Waybill.Bench.Scale.Dispatching;

/// <summary>ASSUMED: how long the Dispatcher's calls take in a region, in seconds, and how far an index lags.</summary>
internal static class CallTimes
{
    public const double Query = 0.008;
    public const double Get = 0.005;
    public const double Mark = 0.010;
    public const double Send = 0.015;
    public const double IndexLag = 0.020;
}
