/**
 * What sites and their plugins put into an article's text that is none of it. A source may add its own selectors.
 */
export const junk: readonly string[] = [
  'script, style, noscript, template, iframe, object, embed, form, button, input, select, textarea, svg, canvas, nav',
  // Share bars: Jetpack, AddToAny, Heateor, Shareaholic, Social Warfare, Monarch, Mashshare, Scriptless and home-made.
  '.sharedaddy, .sd-block, .jp-relatedposts, .addtoany_share_save_container, .addtoany_content, .a2a_kit',
  '[class*="heateor"], .shareaholic-canvas, .swp_social_panel, .et_social_inline, .mashsb-container',
  '.essb_links, .ssba, .ssbp-wrap, .dpsp-content-wrapper, .social-share, .social-sharing, .share-bar',
  '.share-buttons, .sharing-buttons, .share-links, .wp-block-social-links, .wp-block-jetpack-sharing-buttons',
  '.wp-block-outermost-social-sharing, .simplesocialbuttons, .scriptlesssocialsharing, .post-share, .entry-share',
  // Counters: WP-PostViews, Post Views Counter, Page View Count and likes.
  '.post-views, .post-view-count, .pvc_clear, .pvc_stats, .wp-postviews, .views-count, .jp-likes-widget',
  '.sd-like, .wpulike, .wp_ulike_general_class, .kk-star-ratings, .post-ratings, .zilla-likes',
  // Related posts, tables of contents, notices of subscription, navigation.
  '.yarpp, .yarpp-related, .crp_related, .related-posts, .relatedposts, .wp-block-jetpack-related-posts',
  '.rp4wp-related-posts, .wp-block-query, .wp-block-latest-posts, .wp-block-newsletterglue-form, .ez-toc-container',
  '#toc_container, .lwptoc, .wp-block-table-of-contents, .wp-block-jetpack-subscriptions, .mc4wp-form',
  '.page-links, .post-navigation, .nav-links, .wp-block-post-navigation-link, .wp-block-buttons, .wp-block-search',
  '.wp-block-comments, .comments-area, #comments, .comment-respond, .author-box, .wp-block-post-author-biography',
  // Words for screen readers, notes and pictures' captions.
  '.screen-reader-text, .sr-only, .visually-hidden, [hidden], [aria-hidden="true"], figcaption, .wp-caption-text',
  '.ads, .adsbygoogle, .advertisement, ins.adsbygoogle, .code-block, .donation, .printfriendly, .pf-button',
]

/** Where a link of a share bar leads, whatever the bar calls itself. */
export const shareLinks: readonly string[] = [
  'facebook.com/sharer',
  'facebook.com/share.php',
  'twitter.com/share',
  'twitter.com/intent',
  'x.com/share',
  'x.com/intent',
  'bsky.app/intent',
  'threads.net/intent',
  't.me/share',
  'telegram.me/share',
  'api.whatsapp.com/send',
  'wa.me/?text',
  'linkedin.com/share',
  'linkedin.com/sharing',
  'pinterest.com/pin/create',
  'reddit.com/submit',
  'vk.com/share',
  'tumblr.com/share',
  'news.ycombinator.com/submitlink',
  'getpocket.com/save',
  'printfriendly.com/print',
]
