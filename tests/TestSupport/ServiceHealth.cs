namespace Waybill.TestSupport;

internal static class ServiceHealth
{
    /// <returns>False also where nobody answers.</returns>
    public static async Task<bool> IsGoodAsync(HttpClient service)
    {
        try
        {
            using var answer = await service.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
