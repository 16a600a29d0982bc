using Microsoft.AspNetCore.Http.Metadata;
using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.InternalApi;

/// <summary>Lets a call's body in once there is room for it. No filter of the endpoints: those run when the body was read.</summary>
internal static class CallMemoryMiddleware
{
    /// <summary>More than a batch of the largest calls, which is about 1.5 MiB.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Of a call that brings no notification: a result with the longest texts, all of them escaped.</summary>
    public const int UsualBytes = 256 * 1024;

    /// <summary>Call it once it is known who asks.</summary>
    public static void UseCallMemory(this WebApplication app)
    {
        var memory = app.Services.GetRequiredService<CallMemory>();

        app.Use(async (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(StatusRoutes.Prefix) || MayHave(context) is not (> 0 and var bytes))
            {
                await next(context);
                return;
            }

            using var room = await memory.ForBodyAsync(bytes, context.RequestAborted);
            await next(context);
        });
    }

    /// <summary>As many as it says; else as many as may come.</summary>
    private static long MayHave(HttpContext context)
    {
        var most = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? UsualBytes;

        return context.Request.ContentLength is { } length ? Math.Min(length, most)
            : context.Request.Headers.TransferEncoding.Count > 0 ? most
            : 0;
    }
}
