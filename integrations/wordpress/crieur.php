<?php
/**
 * Plugin Name:       Crieur
 * Description:       Tells Crieur at once what this site publishes, changes or withdraws, so that it is announced.
 * Version:           1.0.0
 * Requires at least: 5.5
 * Requires PHP:      7.4
 * License:           MIT
 *
 * Two lines in wp-config.php set it up:
 *   define( 'CRIEUR_URL', 'https://crieur.example.org' );  // where Crieur answers
 *   define( 'CRIEUR_SECRET', 'whsec_…' );                  // Crieur's WEBHOOK_SECRET
 */

if ( ! defined( 'ABSPATH' ) || ! defined( 'CRIEUR_URL' ) || ! defined( 'CRIEUR_SECRET' ) ) {
	return;
}

/** What becomes public, stays public or ceases to be so is news; everything else is the site's own. */
add_action( 'transition_post_status', function ( $new, $old, $post ) {
	if ( 'publish' === $new ) {
		crieur_note( 'publish' === $old ? 'update' : 'publish', $post );
	} elseif ( 'publish' === $old ) {
		crieur_note( 'trash' === $new ? 'trash' : 'update', $post );
	}
}, 10, 3 );

/** Deleted for good, without the trash. */
add_action( 'before_delete_post', function ( $id, $post ) {
	if ( 'publish' === $post->post_status ) {
		crieur_note( 'trash', $post );
	}
}, 10, 2 );

/** Keeps what happened to a post until the request is over: only then are its tags and its picture stored. */
function crieur_note( $event, $post ) {
	static $noted = array();
	$type = get_post_type_object( $post->post_type );
	if ( ! $type || ! $type->public || in_array( $post->post_type, array( 'page', 'attachment' ), true ) ) {
		return; // a revision, an autosave, a menu, a page: no article
	}
	if ( array() === $noted ) {
		add_action( 'shutdown', function () use ( &$noted ) {
			if ( function_exists( 'fastcgi_finish_request' ) ) {
				fastcgi_finish_request(); // the editor has the answer: from here on nobody waits
			}
			$end = microtime( true ) + 5; // what is too much, or not taken, Crieur finds in the feed
			foreach ( $noted as $id => list( $what, $kept ) ) {
				if ( microtime( true ) < $end ) { crieur_tell( $what, get_post( $id ) ?: $kept ); }
			}
		}, 1000 );
	}
	$new = isset( $noted[ $post->ID ] ) && 'publish' === $noted[ $post->ID ][0] && 'update' === $event;
	$noted[ $post->ID ] = array( $new ? 'publish' : $event, $post );
}

/** Sends the notice, signed by the rules of Standard Webhooks; Crieur reads the article itself. */
function crieur_tell( $event, $post ) {
	$shown = clone $post; // with the address it has or had in public: in the trash it has another
	$shown->filter = 'raw';
	$shown->post_status = 'publish';
	$shown->post_name = preg_replace( '/__trashed(-\d+)?$/', '', $post->post_name );
	$body = wp_json_encode( array(
		'event'       => $event,
		'site'        => trailingslashit( get_option( 'home' ) ),
		'id'          => $post->ID,
		'url'         => get_permalink( $shown ),
		'status'      => $post->post_status,
		'type'        => $post->post_type,
		'password'    => '' !== $post->post_password,
		'title'       => wp_strip_all_tags( $post->post_title ),
		'publishedAt' => get_post_time( 'c', true, $post ) ?: null,
	) );
	$headers = array( 'webhook-id' => 'msg_' . wp_generate_uuid4(), 'webhook-timestamp' => (string) time() );
	$key = base64_decode( substr( CRIEUR_SECRET, strlen( 'whsec_' ) ) );
	$code = base64_encode( hash_hmac( 'sha256', implode( '.', $headers ) . ".$body", $key, true ) );
	$headers += array( 'webhook-signature' => "v1,$code", 'content-type' => 'application/json' );
	$request = array( 'blocking' => false, 'timeout' => 2, 'headers' => $headers, 'body' => $body );
	wp_remote_post( untrailingslashit( CRIEUR_URL ) . '/hooks/wordpress', $request );
}
